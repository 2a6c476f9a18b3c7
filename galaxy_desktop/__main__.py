"""``python -m galaxy_desktop`` is the command ``galaxy-desktop``."""

import sys

from galaxy_desktop.app import main

sys.exit(main())
