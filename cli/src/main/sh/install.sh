# shellcheck shell=sh disable=SC2154 # root, jdk and install_command are the sourcing script's
# Says what Hospes or its tests lack, and installs it when told, on Debian and Ubuntu. Sourced by ./hospes, ./verify and
# bench/run, after jdk.sh and build.sh. They set `install_command`, which is how they are called, and
# `install_told` where the user said --install.

# Every package that is needed, by its name in Debian and Ubuntu.
# Of the JDK's, the first that apt knows: the second is in Adoptium's archive, where the user added that.
install_jdk_packages="openjdk-$HOSPES_JDK_VERSION-jdk-headless temurin-$HOSPES_JDK_VERSION-jdk"
install_maven_package=maven
install_test_packages='qemu-system-misc qemu-user qemu-utils gcc-riscv64-linux-gnu libc6-dev-riscv64-cross
  binutils-riscv64-linux-gnu opensbi u-boot-qemu e2fsprogs mmdebstrap device-tree-compiler xz-utils expect tmux
  inform6-compiler inform6-library frotz zsh fish mandoc'

install_jdk_page="https://adoptium.net/temurin/releases/?version=$HOSPES_JDK_VERSION"
install_maven_page=https://maven.apache.org/download.cgi

install_say() {
  printf '%s\n' "$*" >&2
}

# The system: sets `install_system` to apt, dnf, brew or other, `install_name` to what people call it, and
# `install_root` to what makes root of this user: nothing, sudo, or `none`.
install_where() {
  install_system=other
  install_name='this system'
  if [ -r /etc/os-release ]; then
    # shellcheck disable=SC1091 # made to be sourced, see os-release(5)
    install_name=$(. /etc/os-release && echo "${PRETTY_NAME:-${NAME:-$install_name}}")
    # shellcheck disable=SC1091
    case $(. /etc/os-release && echo " ${ID:-} ${ID_LIKE:-} ") in
      *' debian '* | *' ubuntu '*) command -v apt-get >/dev/null 2>&1 && install_system=apt ;;
      *' fedora '* | *' rhel '*) install_system=dnf ;;
    esac
  elif [ "$(uname -s)" = Darwin ]; then
    install_system=brew
  fi
  if [ "$(id -u)" = 0 ]; then
    install_root=
  elif command -v sudo >/dev/null 2>&1; then
    install_root=sudo
  else
    install_root=none
  fi
}

# What a build and a run need and is not there: sets `install_lacks_jdk`, `install_lacks_maven`, and `jdk` where there is one.
install_look() {
  install_lacks_jdk=
  install_lacks_maven=
  install_lacks_tests=
  install_test_count=0
  [ -n "${jdk:-}" ] || jdk_search || install_lacks_jdk=yes
  command -v mvn >/dev/null 2>&1 || install_lacks_maven=yes
}

# Sets `install_lacks_tests` to the packages that the tests need and dpkg does not have.
install_look_tests() {
  # shellcheck disable=SC2086 # a list of names
  install_status=$(dpkg-query -W -f '<${Package} ${db:Status-Status}>' $install_test_packages 2>/dev/null)
  for install_package in $install_test_packages; do
    case $install_status in
      *"<$install_package installed>"*) ;;
      *)
        install_lacks_tests="${install_lacks_tests:+$install_lacks_tests }$install_package"
        install_test_count=$((install_test_count + 1))
        ;;
    esac
  done
}

# The package with the JDK: sets `install_jdk_package`, empty where apt knows none, which may say so only after an update.
install_find_jdk() {
  # shellcheck disable=SC2086 # a list of names
  install_known=" $(apt-cache madison $install_jdk_packages $install_maven_package 2>/dev/null)"
  for install_jdk_package in $install_jdk_packages; do
    case $install_known in
      *" $install_jdk_package |"*) return 0 ;;
    esac
  done
  install_jdk_package=
  # A new machine may not have fetched its lists yet: then the update shows.
  [ "$install_known" != ' ' ] || install_jdk_package=${install_jdk_packages%% *}
}

# What is missing, in words and as packages of this system.
install_name_all() {
  install_words=
  install_packages=
  if [ -n "$install_lacks_jdk" ]; then
    install_words="a JDK $HOSPES_JDK_VERSION or later"
    case $install_system in
      apt)
        install_find_jdk
        install_packages=$install_jdk_package
        ;;
      dnf) install_packages=java-$HOSPES_JDK_VERSION-openjdk-devel ;;
      brew) install_packages=openjdk ;;
    esac
  fi
  if [ -n "$install_lacks_maven" ]; then
    install_words="${install_words:+$install_words, }Apache Maven"
    install_packages="${install_packages:+$install_packages }$install_maven_package"
  fi
  if [ -n "$install_lacks_tests" ]; then
    install_words="${install_words:+$install_words, }$install_test_count packages for the tests"
    install_packages="${install_packages:+$install_packages }$install_lacks_tests"
  fi
}

# Whether this system has no package of the JDK that is needed.
install_jdk_is_nowhere() {
  [ -n "$install_lacks_jdk" ] && { [ "$install_system" = other ] \
    || { [ "$install_system" = apt ] && [ -z "$install_jdk_package" ]; }; }
}

# Where the JDK comes from if not from a package.
install_explain_jdk() {
  if [ "$install_system" = apt ]; then
    install_say "apt knows no package of JDK $HOSPES_JDK_VERSION on $install_name${1:-}. Fetch one from"
  else
    install_say "Fetch the JDK from"
  fi
  install_say "  $install_jdk_page
and unpack it below /opt or ~/.jdks, or set HOSPES_JAVA_HOME to its folder."
}

# Says what is missing and what to type.
install_explain() {
  install_sudo=
  install_as=
  case $install_root in
    sudo) install_sudo='sudo ' ;;
    none) install_as=', as root,' ;;
  esac
  install_say "hospes: needs $install_words; install what is missing${install_as} with:"
  if install_jdk_is_nowhere; then
    install_explain_jdk ', unless apt-get update brings one'
  fi
  case $install_system in
    apt)
      if [ -n "$install_packages" ]; then
        install_say "  ${install_sudo}apt-get update && ${install_sudo}apt-get install --no-install-recommends $install_packages"
      fi
      if [ "$install_root" != none ] && ! install_jdk_is_nowhere; then
        install_say "or let Hospes do it, with --install before all other arguments:
  $install_command --install"
      fi
      ;;
    dnf) install_say "  ${install_sudo}dnf install $install_packages" ;;
    brew) install_say "  brew install $install_packages" ;;
    other) [ -z "$install_lacks_maven" ] || install_say "Fetch Maven from
  $install_maven_page
and put its folder bin on PATH." ;;
  esac
  if [ -n "$install_lacks_jdk" ]; then
    install_say "If there is a JDK $HOSPES_JDK_VERSION already, set HOSPES_JAVA_HOME to its folder. Searched: JAVA_HOME, PATH, /usr/lib/jvm, /opt,
~/.sdkman, ~/.jdks."
  fi
}

# Whether the user, at a terminal, wants it done now.
install_asked() {
  [ -t 0 ] && [ -t 2 ] && [ -z "${CI:-}" ] || return 1
  printf 'Install it now? [y/N] ' >&2
  install_answer=
  read -r install_answer || install_say ''
  case $install_answer in
    [Yy] | [Yy][Ee][Ss]) return 0 ;;
    *) return 1 ;;
  esac
}

# apt-get as root. Its output is not the guest's and its questions are not for the guest's input. Just after the start of a
# machine its own updates may hold the locks.
install_apt_get() {
  # shellcheck disable=SC2086 # nothing, or a command and its option
  DEBIAN_FRONTEND=noninteractive ${install_root:+sudo -E} apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

# Ctrl-C reaches apt-get too, which ends what it must not leave half done: wait for that, then end as if by Ctrl-C.
install_ended() {
  install_code=$?
  if [ -n "$install_interrupted" ]; then
    install_say 'hospes: interrupted; what is missing is installed when you run it again'
    trap - INT
    kill -INT $$
  fi
  return $install_code
}

# Installs what is missing; ends the process where that fails.
install_all() {
  install_say "hospes: installing what is missing: $install_words"
  install_interrupted=
  trap 'install_interrupted=yes' INT
  install_apt_get update
  install_ended || build_fail 'apt-get update failed; what it says is above'
  install_name_all # now that apt knows what there is
  if install_jdk_is_nowhere; then
    install_say "hospes: needs a JDK $HOSPES_JDK_VERSION or later; nothing was installed."
    install_explain_jdk
    exit 125
  fi
  # shellcheck disable=SC2086 # a list of names
  install_apt_get install -y --no-install-recommends $install_packages
  install_ended || build_fail "apt-get could not install $install_packages; what it says is above"
  trap - INT
  [ -z "$install_lacks_jdk" ] || jdk_search \
    || build_fail "apt-get installed $install_jdk_package, but there is no JDK $HOSPES_JDK_VERSION; set HOSPES_JAVA_HOME to its folder"
}

# Installs what is missing if the user wants that; else says what to do, and fails.
install_missing() {
  install_name_all
  if [ -n "$install_told" ]; then
    if [ "$install_system" != apt ]; then
      install_say 'hospes: --install is for Debian and Ubuntu only'
    elif [ "$install_root" = none ]; then
      install_say 'hospes: cannot install: this user is not root, and there is no sudo'
    else
      install_all
      return
    fi
  fi
  install_explain
  if [ "$install_system" != apt ] || [ "$install_root" = none ] || install_jdk_is_nowhere; then
    return 1
  fi
  install_asked && install_all
}

# For a build: a JDK, which becomes `jdk`, and Maven.
install_for_build() {
  install_look
  install_if_missing
}

# For a run: Maven is needed only if there is something to build.
install_for_run() {
  install_look
  ! build_is_fresh || install_lacks_maven=
  install_if_missing
}

install_if_missing() {
  [ -n "$install_lacks_jdk$install_lacks_maven" ] || return 0
  install_where
  install_missing
}

# For the tests that Maven's ARGUMENTS… choose. Sets `jdk`.
install_for_tests() {
  install_look
  install_where
  if [ "$install_system" = apt ]; then
    install_look_tests
  elif [ -n "$install_told" ]; then
    install_say "hospes: --install is for Debian and Ubuntu only. What the tests need is called there:"
    # shellcheck disable=SC2086 # in one line
    install_say " " $install_test_packages
    [ -z "$install_lacks_jdk$install_lacks_maven" ] || { install_name_all && install_explain; }
    return 1
  fi
  if [ -z "$install_lacks_jdk$install_lacks_maven$install_told" ] && [ -n "$install_lacks_tests" ] && [ $# -gt 0 ]; then
    # A choice of tests, which may need none of these.
    install_say "hospes: not installed, so that some tests fail: $install_lacks_tests
  $install_command --install installs them"
    return 0
  fi
  [ -z "$install_lacks_jdk$install_lacks_maven$install_lacks_tests" ] || install_missing
}
