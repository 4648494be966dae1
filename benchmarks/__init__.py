"""The figures of ONTWERP 6, measured: `python -m benchmarks --schaal 1:1`. See docs/benchmarks.md."""
