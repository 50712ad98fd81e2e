"""The site checker: reads built pages and tells what is wrong with them.

It shares no code with what renders them: markup and words are read here a second time, on purpose.
Rules C1 to C5 are those of the project's targets.
"""

from .site import Failure, Result, verify_site

__all__ = ["Failure", "Result", "verify_site"]
