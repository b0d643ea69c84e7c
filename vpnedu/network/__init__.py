"""What is true at one instant: packets, selectors, policies, routes, gateways, encapsulation."""
