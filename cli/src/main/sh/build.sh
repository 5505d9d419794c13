# shellcheck shell=sh disable=SC2154 # root and jdk are the sourcing script's
# Builds what ./hospes runs: `cli/target/lib` and the start-up cache. Sourced by ./hospes and ./verify,
# which set `root` (this checkout) and `jdk`.

stamp=$root/cli/target/hospes.stamp
aot_cache=$root/cli/target/hospes.aot
# The JDK that the last build found and trained: to search for it anew takes several processes.
jdk_record=$root/cli/target/hospes.jdk

# What the build reads. Folders are compared too, so that a deleted file is noticed.
# conformance and bench are no part of the program.
build_sources() {
  find "$root/pom.xml" "$root/.mvn" "$root"/*/pom.xml "$root"/*/src/main \
    "$root"/machines/*/pom.xml "$root"/machines/*/src/main \
    \( -path "$root/bench/*" -o -path "$root/conformance/*" -o -path '*/src/main/sh' \) -prune -o "$@"
}

build_is_fresh() {
  [ -f "$stamp" ] && [ -z "$(build_sources -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

build_fail() {
  echo "hospes: $*" >&2
  exit 125
}

# Shows Maven's output (standard input) as one line per module.
build_progress() {
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $line in
      *'Building Hospes '*'['*)
        place=${line##*\[}
        name=${line#*Building }
        name=${name%% 0.*}
        printf '  [%s %s\n' "$place" "$name" >&2
        ;;
      *'Downloading from '*)
        if [ -z "${downloading:-}" ]; then
          downloading=yes
          echo '  fetching tools and libraries (first time only) ...' >&2
        fi
        ;;
    esac
  done 3>"$root/target/build.log"
}

build_compile() {
  echo 'hospes: building (first use, or the sources changed)' >&2
  touch "$stamp.new"
  rm -rf "$root/cli/target/lib" "$stamp" # a library of another version must not stay behind
  rm -f "$root/target/build.ok"
  { (cd "$root" && JAVA_HOME=$jdk mvn -B -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -pl cli -am package </dev/null 2>&1) && touch "$root/target/build.ok"; } | build_progress
  if [ ! -f "$root/target/build.ok" ]; then
    grep -E '^\[(ERROR|FATAL)\]' "$root/target/build.log" | head -n 20 >&2
    build_fail "the build failed; the whole output is in $root/target/build.log"
  fi
}

# Brings old libraries into a form that the training can take in; without that, starts are slower.
build_upgrade() {
  "$jdk/bin/java" -p "$root/cli/target/lib" -m hospes.cli/hospes.cli.ClassFileUpgrade "$root/cli/target/lib" \
    >"$root/target/upgrade.log" 2>&1 </dev/null || true
}

# Trains the JVM's ahead-of-time cache (JEP 483, 514, 515): classes come loaded and linked, with profiles.
# A start without it is slower, never different, so a failure is no error.
build_train() {
  rm -f "$aot_cache"
  [ -z "${HOSPES_NO_AOT:-}" ] || return 0
  echo '  preparing quick start' >&2
  "$jdk/bin/java" -XX:AOTCacheOutput="$aot_cache" "@$root/cli/src/main/jvm/jvm.options" \
    -p "$root/cli/target/lib" -m hospes.cli/hospes.cli.Training \
    >"$root/target/train.log" 2>&1 </dev/null || rm -f "$aot_cache"
}

# Call where cli/target/lib is complete; `$stamp.new` was touched before its sources were read.
build_finish() {
  build_upgrade
  build_train
  echo "$jdk" >"$jdk_record"
  mv -f "$stamp.new" "$stamp"
}

# One build at a time: the second of two first uses waits for the first.
build_locked() {
  # shellcheck disable=SC2015 # both must hold
  mkdir -p "$root/target" "$root/cli/target" 2>/dev/null && [ -w "$root/cli/target" ] \
    || build_fail "cannot write to $root/cli/target, where Hospes builds itself; make it writable, or build it once as a user who may write there."
  if command -v flock >/dev/null 2>&1; then
    (
      flock -n 9 || { echo 'hospes: waiting for another hospes that is building' >&2; flock 9; }
      "$@" 9>&-
    ) 9>"$root/target/build.lock"
  else
    lock=$root/target/build.lock.d
    until mkdir "$lock" 2>/dev/null; do
      holder=$(cat "$lock/pid" 2>/dev/null || true)
      if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
        rm -rf "$lock"
      else
        sleep 1
      fi
    done
    echo $$ >"$lock/pid"
    ("$@")
    status=$?
    rm -rf "$lock"
    return $status
  fi
}

build_if_stale() {
  build_is_fresh && return 0
  build_compile
  build_finish
}
