"""Write the white-list of operations for JavaScript: ``python -m gdcourse.trace``."""

from gdcourse.trace.operations import JAVASCRIPT, javascript

if __name__ == "__main__":
    JAVASCRIPT.write_text(javascript(), encoding="utf-8")
    print(f"wrote {JAVASCRIPT}")
