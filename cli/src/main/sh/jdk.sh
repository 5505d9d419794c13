# shellcheck shell=sh disable=SC2034 # jdk is for the sourcing script
# Finds a JDK 25 or later; sourced by ./hospes, ./verify and bench/run.
# Sets `jdk` to its home. Starts no JVM: the version is read from the JDK's `release` file.

HOSPES_JDK_VERSION=25

# jdk_version HOME: sets jdk_found to the feature version (25 for 25.0.1) of a full JDK, fails where HOME holds none.
# Without a subshell: starting one takes longer than all the rest.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r jdk_key jdk_value; do
    if [ "$jdk_key" = JAVA_VERSION ]; then
      jdk_value=${jdk_value#\"}
      jdk_value=${jdk_value%%[!0-9]*}
      [ -n "$jdk_value" ] || return 1
      jdk_found=$jdk_value
      return 0
    fi
  done <"$1/release"
  return 1
}

# jdk_take HOME: takes HOME where it is new enough.
jdk_take() {
  jdk_version "$1" || return 1
  [ "$jdk_found" -ge "$HOSPES_JDK_VERSION" ] || return 1
  jdk=$1
}

# jdk_recall FILE: takes the home that FILE names, unless the user names one.
jdk_recall() {
  [ -z "${HOSPES_JAVA_HOME:-}${JAVA_HOME:-}" ] && [ -r "$1" ] && read -r jdk_candidate <"$1" && jdk_take "$jdk_candidate"
}

# jdk_on_path: the home of the `java` on PATH, links followed.
jdk_on_path() {
  jdk_java=$(command -v java) || return 1
  while [ -h "$jdk_java" ]; do
    jdk_link=$(readlink "$jdk_java") || return 1
    case $jdk_link in
      /*) jdk_java=$jdk_link ;;
      *) jdk_java=$(dirname "$jdk_java")/$jdk_link ;;
    esac
  done
  (cd "$(dirname "$jdk_java")/.." 2>/dev/null && pwd -P)
}

# Fails where there is none. Where the user names one that is none, ends the process: to install another would not help.
jdk_search() {
  jdk=
  if [ -n "${HOSPES_JAVA_HOME:-}" ]; then
    jdk_take "$HOSPES_JAVA_HOME" && return 0
    echo "hospes: HOSPES_JAVA_HOME=$HOSPES_JAVA_HOME is no JDK $HOSPES_JDK_VERSION or later; correct it, or unset it to let Hospes search." >&2
    exit 125
  fi
  [ -n "${JAVA_HOME:-}" ] && jdk_take "$JAVA_HOME" && return 0
  jdk_candidate=$(jdk_on_path) && jdk_take "$jdk_candidate" && return 0
  for jdk_candidate in /usr/lib/jvm/* /opt/*jdk* /opt/*jdk*/* /opt/java/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    jdk_take "$jdk_candidate" && return 0
  done
  return 1
}
