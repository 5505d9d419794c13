#!/bin/sh
# Finding: aircompressor-v3, the line of Airlift's compressors for Java 22 and later, still reads memory with
# sun.misc.Unsafe in its pure Java codecs, so that a JVM of version 24 or later warns at the first use of one.
#
# Library    io.airlift:aircompressor-v3:3.14 (Maven Central)
# Expected   that the line which requires a JDK with java.lang.foreign uses that; its native codecs do
# Seen       JDK 25.0.3: "WARNING: A terminally deprecated method in sun.misc.Unsafe has been called", by
#            io.airlift.compress.v3.zstd.ZstdFrameCompressor (putInt), when 1,000 bytes are compressed by
#            ZstdJavaCompressor. With --sun-misc-unsafe-memory-access=deny the same program ends in an
#            UnsupportedOperationException; with =allow it is silent.
# Matters    to a library that embeds it: its users must give the JVM that option, or see the warning.
#
# Needs: mvn, and JAVA_HOME (or a JDK below /usr/lib/jvm) of version 25. Prints what it saw; fails if that changed.
set -eu
version=3.14
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

java_home=${JAVA_HOME:-}
for candidate in /usr/lib/jvm/*; do
  [ -n "$java_home" ] && break
  if [ -x "$candidate/bin/javac" ] && grep -q 'JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
    java_home=$candidate
  fi
done
[ -n "$java_home" ] || { echo "no JDK 25 found; set JAVA_HOME" >&2; exit 2; }

JAVA_HOME=$java_home mvn -q -B -f /dev/null dependency:copy -Dartifact="io.airlift:aircompressor-v3:$version" \
  -DoutputDirectory="$work" >"$work/mvn.log" 2>&1 ||
  (cd "$work" && JAVA_HOME=$java_home mvn -q -B dependency:copy \
    -Dartifact="io.airlift:aircompressor-v3:$version" -DoutputDirectory="$work" >"$work/mvn.log" 2>&1) ||
  { cat "$work/mvn.log" >&2; exit 2; }
jar=$work/aircompressor-v3-$version.jar

cat >"$work/Squeeze.java" <<'JAVA'
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;

public class Squeeze {
  public static void main(String[] arguments) {
    byte[] input = new byte[1000];
    ZstdJavaCompressor compressor = new ZstdJavaCompressor();
    byte[] output = new byte[compressor.maxCompressedLength(input.length)];
    int length = compressor.compress(input, 0, input.length, output, 0, output.length);
    System.out.println("compressed to " + length + " bytes");
  }
}
JAVA
"$java_home/bin/javac" -cp "$jar" -d "$work" "$work/Squeeze.java"

run() {
  "$java_home/bin/java" "$@" -cp "$jar:$work" Squeeze 2>&1 || true
}
plain=$(run)
denied=$(run --sun-misc-unsafe-memory-access=deny)
allowed=$(run --sun-misc-unsafe-memory-access=allow)
printf 'plain:\n%s\n\ndenied:\n%s\n\nallowed:\n%s\n' "$plain" "$denied" "$allowed"

case $plain in
  *'sun.misc.Unsafe has been called'*'compressed to'*) ;;
  *) echo 'CHANGED: no warning of the JVM any more' >&2; exit 1 ;;
esac
case $denied in
  *UnsupportedOperationException*) ;;
  *) echo 'CHANGED: it works without sun.misc.Unsafe' >&2; exit 1 ;;
esac
case $allowed in
  'compressed to '*) ;;
  *) echo 'CHANGED: another output with memory access allowed' >&2; exit 1 ;;
esac
echo 'as found'
