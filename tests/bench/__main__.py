"""All measurements, one after another: `make bench`."""

from tests.bench import (
    bench_availability,
    bench_build,
    bench_grading,
    bench_lookups,
    bench_pages,
    bench_python,
    bench_quizzes,
    bench_runs,
)

for measure in (
    bench_lookups,
    bench_runs,
    bench_availability,
    bench_quizzes,
    bench_grading,
    bench_pages,
    bench_python,
    bench_build,
):
    measure.main()
