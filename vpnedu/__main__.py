"""`python -m vpnedu` is the same as `vpnedu`."""

from vpnedu.cli import main

if __name__ == "__main__":
    main()
