#!/bin/sh
# Finding: in Inform 6 a local variable hides a constant whose name is another but for its case, and the compiler
# accepts that with a warning about something else.
#
# Tools      Debian's inform6-compiler 6.41-1 and frotz 2.54+dfsg-3 (bookworm)
# Expected   an error, or a warning that the local hides the constant; or, as in most languages, two names
# Seen       exit 0 and one warning, `Defined constant "LIMIT" declared but not used`: in a routine with a local `limit`,
#            `value == LIMIT` compares with the local. Same(7, 3) is 0 and Same(3, 3) is 1, where LIMIT is 7.
# Matters    to whoever writes test stories: a case that must go wrong does not, and nothing says why.
#
# Needs: apt-get, dpkg-deb and Debian bookworm's package lists. Installs nothing. Prints what it saw; fails if
# that changed.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"
apt-get -q download inform6-compiler=6.41-1 frotz=2.54+dfsg-3 >apt.log 2>&1 || { cat apt.log >&2; exit 2; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done

cat >hides.inf <<'INF'
Constant LIMIT 7;
[ Same value limit; if (value == LIMIT) return 1; return 0; ];
[ Main; print "seven: ", Same(7, 3), ", three: ", Same(3, 3), "^"; ];
INF
said=$(usr/bin/inform6 -v5 hides.inf hides.z5)
shown=$(usr/games/dfrotz -m hides.z5 </dev/null | tail -n 1)
printf '%s\n%s\n' "$said" "$shown"

case $said in
  *'Defined constant "LIMIT" declared but not used'*'Compiled with 1 warning'*) ;;
  *) echo 'CHANGED: the compiler says something else' >&2; exit 1 ;;
esac
[ "$shown" = 'seven: 0, three: 1' ] || { echo 'CHANGED: the constant is seen' >&2; exit 1; }
echo 'as found'
