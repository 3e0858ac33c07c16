python3 -I -m venv "$@FOLDER@/partnerkit"
pip() { "$@FOLDER@/partnerkit/bin/python" -I -m pip --quiet --disable-pip-version-check "$@"; }
if [ -e @PINS@ ]; then
  # what partnerkit needs, in these versions and, where it says so, with these digests: nothing else comes in
  pip install --requirement @PINS@
  pip install --no-deps "$PARTNERKIT"
  pip check
else
  pip install "$PARTNERKIT"
fi
