"""One file per thing a maintainer does: load, judge, act. A job returns a value and never prints."""
