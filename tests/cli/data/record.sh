#!/bin/sh
# Records the files beside it from a real Linux kernel: run as root, needs iproute2 and `unshare`.
# They were made with Linux 6.18 and iproute2 6.1. Nothing outside a new network namespace is touched.
#   main.json main6.json  `ip -json route show`, `ip -6 -json route show`
#   all.json              `ip -json route show table all`: both families, tables local and 220
#   dead.json             the main table after one device went down and dead links are ignored
#   asked.txt             what `ip route get` says to each address, for main.json and main6.json
#   asked-dead.txt        the same, for dead.json
cd "$(dirname "$0")" || exit 1
[ "$1" = inside ] || exec unshare --net sh "$0" inside
set -e
for device in eth0 eth1 wg0; do
    ip link add $device type veth peer name p$device
    ip link set p$device addrgenmode none
    ip link set p$device up
    ip link set $device up
done
ip link add wan1 type veth peer name pwan1 # pwan1 stays down: wan1 has no carrier
ip link set wan1 up
ip link set lo up
ip addr add 192.0.2.10/24 dev eth0
ip addr add 10.0.0.1/16 dev eth1
ip addr add 172.16.0.1/30 dev wan1
ip addr add 2001:db8:1::10/64 dev eth0 nodad
ip addr add 2001:db8:2::1/64 dev eth1 nodad
ip addr add 2001:db8:3::1/64 dev wan1 nodad

ip route add default via 192.0.2.1 dev eth0 proto dhcp metric 100
ip route append default via 192.0.2.2 dev eth0 metric 100
ip route add default via 192.0.2.3 dev eth0 metric 600
ip route add blackhole 10.0.0.0/8
ip route add 10.2.0.0/16 dev wg0 metric 50
ip route append 10.2.0.0/16 via 10.0.0.2 dev eth1 metric 50
ip route add 10.2.0.0/16 via 10.0.0.9 dev eth1 metric 10
ip route add 10.2.9.0/24 dev wg0 metric 4000000000
ip route add 10.3.0.0/16 nexthop via 192.0.2.20 dev eth0 weight 1 nexthop via 10.0.0.3 dev eth1 weight 3
ip route add 10.4.0.0/16 dev wg0 metric 7
ip route append 10.4.0.0/16 dev eth1 metric 7
ip route add 10.5.0.0/16 via 172.16.0.2 dev wan1
ip route add 10.6.0.0/16 nexthop via 172.16.0.2 dev wan1 nexthop via 10.0.0.3 dev eth1
ip nexthop add id 7 via 192.0.2.30 dev eth0
ip nexthop add id 8 via 10.0.0.4 dev eth1
ip nexthop add id 9 group 7,2/8,5
ip route add 10.7.0.0/16 nhid 7
ip route add 10.8.0.0/16 nhid 9
ip route add 10.9.0.0/16 via inet6 fe80::1 dev eth0
ip route add 10.11.0.0/16 via 203.0.113.1 dev eth1 onlink
ip route add 10.12.0.0/16 tos 0x10 via 10.0.0.5
ip route add unreachable 10.66.0.0/16
ip route add prohibit 10.67.0.0/16 metric 5
ip route add throw 10.99.0.0/16
ip route add 198.51.100.7 via 192.0.2.1
ip route add 10.20.0.0/16 dev wg0 table 220

ip -6 route add default via 2001:db8:1::1 metric 100
ip -6 route append default via 2001:db8:1::2 metric 100
ip -6 route add 2001:db8:40::/48 via fe80::2 dev eth1
ip -6 route add 2001:db8:40:1::/64 dev wg0 metric 0
ip -6 route add 2001:db8:40:1::/64 dev eth1 metric 1023
ip -6 route add 2001:db8:50::/48 nexthop via 2001:db8:1::5 dev eth0 nexthop via 2001:db8:2::5 dev eth1 weight 2
ip -6 route add blackhole 2001:db8:60::/48
ip -6 route add unreachable 2001:db8:61::/48
ip -6 route add throw 2001:db8:62::/48
ip -6 route add prohibit 2001:db8:63::/48
ip -6 route add 2001:db8:64::/48 via 2001:db8:3::9 dev wan1
ip -6 route add 2001:db8:71::1/128 via fe80::3 dev eth0
ip -6 route append 2001:db8:80::/48 dev eth0 metric 5 pref low
ip -6 route append 2001:db8:80::/48 dev eth1 metric 5 pref high
ip -6 route append 2001:db8:81::/48 dev eth0 metric 5
ip -6 route append 2001:db8:81::/48 dev eth1 metric 5
ip -6 route add 2001:db8:90::/48 from 2001:db8:1::/64 dev eth1
sleep 1

# One address in and one beside each route, then what the kernel says to it. What it says about a
# route that drops is an error: Invalid argument (blackhole), No route to host (unreachable),
# Permission denied (prohibit), Network is unreachable (throw, or no route at all).
ask() {
    for address in \
        8.8.8.8 10.0.7.7 10.2.0.1 10.2.9.1 10.3.0.1 10.3.0.2 10.3.0.3 10.4.0.1 10.5.0.1 10.6.0.1 \
        10.6.0.2 10.7.0.1 10.8.0.1 10.8.0.2 10.9.0.1 10.11.0.1 10.12.0.1 10.20.0.1 10.66.0.1 10.67.0.1 \
        10.99.0.1 10.250.0.1 172.16.0.2 192.0.2.77 198.51.100.7 198.51.100.8 \
        2001:db8:1::77 2001:db8:40::1 2001:db8:40:1::1 2001:db8:50::1 2001:db8:50::2 2001:db8:60::1 \
        2001:db8:61::1 2001:db8:62::1 2001:db8:63::1 2001:db8:64::1 2001:db8:71::1 2001:db8:71::2 \
        2001:db8:80::1 2001:db8:81::1 2001:db8:90::1 2001:db8:ffff::1; do
        echo "$address: $(ip route get "$address" 2>&1 | head -n 1)"
    done
}
ip -json route show > main.json
ip -6 -json route show > main6.json
ip -json route show table all > all.json
ask > asked.txt
ip link set eth0 down
sysctl -q -w net.ipv4.conf.all.ignore_routes_with_linkdown=1
# The kernel cuts the shares of equal next hops anew only when a link changes.
ip link set pwan1 up
sleep 1
ip link set pwan1 down
sleep 1
ip -json route show > dead.json
ask | grep -v '^2001' > asked-dead.txt
