"""The site checker: reads built pages and tells what is wrong with them.

It shares no code with what renders them: markup and words are read here a second time, on purpose.
`RULES` says what each rule is about.
"""

from .rules import RULES
from .site import Failure, Result, verify_site

__all__ = ["RULES", "Failure", "Result", "verify_site"]
