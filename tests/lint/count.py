"""What the test scripts share: cases that are counted, and a last line."""
import sys

passed = failed = 0


def check(name, truth, detail=""):
    """One case; a failed one is told with its detail."""
    global passed, failed
    if truth:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {name}: {str(detail)[:600]}")
    return bool(truth)


def close():
    """The line that tests/run.py reads, and the exit status."""
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)
