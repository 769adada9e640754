"""What all tests share."""

from hypothesis import settings

# The same examples in every run: a failure is a failure for everybody.
settings.register_profile("gdcourse", derandomize=True, deadline=None)
settings.load_profile("gdcourse")
