#!/bin/bash
# Makes a disk with a minimal Debian trixie for riscv64: make-disk.sh DIRECTORY MIRROR; the result is DIRECTORY/disk.img.
#
# The packages come from the archive through mmdebstrap, which checks their signatures and keeps apt's state inside the new
# root. Nothing of the guest is run on the host: the packages are unpacked and entered into dpkg's database as "unpacked",
# and `first-boot`, in the guest, configures them.
set -euo pipefail
directory=$1
here=$(dirname "$0")
root=$directory/root
mirror=$2

unpack() {
  rm -rf "$root"
  mmdebstrap --mode=root --variant=extract --architectures=riscv64 --skip=check/qemu --skip=cleanup/apt \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --include='?essential' --include=apt,dbus,kmod,login,passwd,systemd-sysv,udev \
    "$1" "$root" "deb $mirror $1 main"
}

# In the middle of an update, a mirror may hold a signed index of trixie without the package index that it describes, and an
# older pair that fits together under trixie's other name. That name moves on to the next release some day.
if ! unpack trixie; then
  echo "make-disk: suite trixie cannot be had from $mirror; taking suite stable, which may be older" >&2
  unpack stable
  if ! grep -qx 'Codename: trixie' "$root"/var/lib/apt/lists/*_dists_stable_InRelease; then
    echo "make-disk: suite stable is not trixie any more" >&2
    exit 1
  fi
  sed -i 's/ stable main$/ trixie main/' "$root/etc/apt/sources.list"
fi

info=$root/var/lib/dpkg/info
status=$root/var/lib/dpkg/status
mkdir -p "$info"
echo 1 > "$info/format"
: > "$status"
for package in "$root"/var/cache/apt/archives/*.deb; do
  control=$(mktemp -d -p "$directory")
  dpkg-deb -e "$package" "$control"
  field() { sed -n "s/^$1: //p" "$control/control"; }
  name=$(field Package)
  if [ "$(field Multi-Arch)" = same ]; then
    name=$name:$(field Architecture)
  fi
  sed '/^Package:/a Status: install ok unpacked' "$control/control" >> "$status"
  if [ -f "$control/conffiles" ]; then
    echo "Conffiles:" >> "$status"
    while read -r file; do
      [ -f "$root$file" ] && echo " $file $(md5sum < "$root$file" | cut -d' ' -f1)" >> "$status"
    done < "$control/conffiles"
  fi
  echo >> "$status"
  dpkg-deb --fsys-tarfile "$package" | tar -t | sed 's,^\.,,; s,/$,,; s,^$,/.,' > "$info/$name.list"
  for file in "$control"/*; do
    [ "${file##*/}" = control ] || cp -p "$file" "$info/$name.${file##*/}"
  done
  rm -r "$control"
done
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*

install -m 755 "$here/first-boot" "$root/first-boot"
echo hospes > "$root/etc/hostname"
echo '/dev/vda / ext4 defaults 0 1' > "$root/etc/fstab"
/sbin/mke2fs -q -t ext4 -d "$root" "$directory/disk.img" 768M
rm -rf "$root"
