"""Turn formulas into HTML: one JSON request a line comes in, one answer goes out.

KaTeX 0.19.1 (MIT licence, in this folder) runs in V8 through mini-racer.  It has its
own process because V8 may keep the process that loaded it from ending.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

FOLDER = Path(__file__).parent
CALL = """
function rendered(tex, display) {
  try {
    return JSON.stringify({html: katex.renderToString(tex, {
      displayMode: display, output: "htmlAndMathml", throwOnError: true,
      strict: "error", trust: false, macros: {}})});
  } catch (error) {
    return JSON.stringify({error: String(error.message)});
  }
}
"""


def main() -> None:
    engine: Any = MiniRacer()
    engine.eval((FOLDER / "katex.min.js").read_text(encoding="utf-8"))
    engine.eval(CALL)
    for line in sys.stdin:
        request = json.loads(line)
        answer = engine.call("rendered", request["tex"], request["display"])
        print(answer, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
