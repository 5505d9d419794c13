#!/bin/sh
# A shell script's load: subshells, pipes, small files and many short processes, in the manner of a configure script.
# The argument is the number of rounds; a round starts 25 programs. They are named by path, so that BusyBox's shell cannot
# run them as functions of its own.
work=/tmp/bench-shell
rm -rf "$work"
mkdir "$work" && cd "$work" || exit

round() {
  name=$(/usr/bin/basename "/src/part-$1.c" .c)
  for word in alpha beta gamma delta; do
    /bin/echo "$word $1"
  done | /bin/sed 's/a/o/g' | /usr/bin/sort -r | /usr/bin/tr a-z A-Z >"$name.txt"
  lines=$(/usr/bin/wc -l <"$name.txt")
  found=$(/bin/cat "$name.txt" | /bin/grep -c "L.*$1")
  if /usr/bin/test "$lines" -eq 4; then
    next=$(/usr/bin/expr "$found" + "$1" '*' 7)
  fi
  (
    /bin/mkdir -p "$name.d/sub"
    cd "$name.d" || exit
    /usr/bin/printf '%s: %s %s\n' "$name" "$lines" "$next" >sub/rule
    /bin/ln -s sub/rule link
    /bin/cp link copy
    /usr/bin/cmp sub/rule copy && /bin/mv copy sub/copied
    /usr/bin/awk -v "n=$next" '{ sum += n * NF } END { print sum }' sub/copied
  )
  /usr/bin/head -n 1 "$name.txt" | /usr/bin/cut -d ' ' -f 1
  /usr/bin/find "$name.d" -type f | /usr/bin/sort
  /bin/rm -r "$name.d"
}

echo 'bench: begin'
sum=$(
  i=0
  while [ "$i" -lt "$1" ]; do
    round "$i"
    i=$((i + 1))
  done | /usr/bin/sha256sum | /usr/bin/cut -c 1-8
)
echo "bench: end $sum"
cd / && rm -rf "$work"
