"""All measurements, one after another: `make bench`."""

from tests.bench import bench_lookups, bench_pages

for measure in (bench_lookups.main, bench_pages.main):
    measure()
