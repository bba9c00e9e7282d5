"""A process of its own that draws one specification: read from standard input, the picture written to standard output.

It imports nothing of the application, and its time and memory are limited by itself before it draws.
"""

import json
import resource
import sys


def main() -> int:
    """Draw; the arguments are the format, seconds, megabytes and the most bytes of the picture."""
    kind, seconds, megabytes, most = sys.argv[1], *(int(number) for number in sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import vl_convert  # after the limits: its engine takes its memory when it is loaded

    spec = json.loads(sys.stdin.buffer.read())
    # No address is allowed: whatever a specification needs is in it.
    if kind == "svg":
        picture = vl_convert.vegalite_to_svg(spec, vl_version="5.21", allowed_base_urls=[]).encode()
    else:
        picture = vl_convert.vegalite_to_png(spec, vl_version="5.21", scale=2, allowed_base_urls=[])
    if len(picture) > most:
        sys.stderr.write("TOO LARGE")
        return 3
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
