"""`python -m bookbuild` is the same program as `bookbuild`."""

from bookbuild.cli import main

if __name__ == "__main__":
    main()
