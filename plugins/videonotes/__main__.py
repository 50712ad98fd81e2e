"""`python -m videonotes`: the command."""

import sys

from .commands import main

sys.exit(main())
