#!/bin/bash
# Makes stand-ins for the base images of the files of installed Debian packages, where no registry can be reached.
set -euo pipefail

# import_packages TAG PACKAGE…: an image of the packages and everything that they depend on.
import_packages() {
  local tag=$1
  shift
  local work
  work=$(mktemp -d)
  trap 'rm -rf "$work"' RETURN
  {
    apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" |
      grep -E '^[a-z0-9]' | sed 's/:.*//'
    printf '%s\n' "$@" base-files bash coreutils dash grep libc-bin sed
  } | sort -u >"$work/packages"
  {
    # The merged-usr links must come first, or files would be unpacked beside them.
    for link in bin sbin lib lib64; do
      if [ -L "/$link" ]; then echo "$link"; fi
    done
    (cd / && find etc/passwd etc/group etc/nsswitch.conf etc/ld.so.cache etc/ld.so.conf etc/ld.so.conf.d etc/alternatives \
      etc/java-17-openjdk etc/ssl/certs ! -type d 2>/dev/null || true)
    # Virtual packages have no files; dpkg says so with an exit code.
    (xargs -a "$work/packages" dpkg -L 2>/dev/null || true) | sort -u | while read -r path; do
      # By its real folder, since /lib and /usr/lib are one.
      real=$path
      case "$path" in
        /bin/* | /sbin/* | /lib/* | /lib64/*)
          if [ -L "/$(cut -d/ -f2 <<<"$path")" ]; then real=/usr$path; fi
          ;;
      esac
      if [ -f "$real" ] || [ -L "$real" ]; then echo "${real#/}"; fi
    done
  } | awk '!seen[$0]++' >"$work/files"
  tar -C / --ignore-failed-read --no-recursion -cf "$work/image.tar" -T "$work/files" 2>/dev/null || true
  mkdir -p "$work/empty/tmp" && chmod 1777 "$work/empty/tmp"
  tar -C "$work/empty" -rf "$work/image.tar" tmp
  docker import --change "ENV PATH=/usr/lib/jvm/java-17-openjdk-$(dpkg --print-architecture)/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$work/image.tar" "$tag" >/dev/null
}

present_or_pulled() {
  docker image inspect "$1" >/dev/null 2>&1 || timeout 60 docker pull -q "$1" >/dev/null 2>&1
}

if ! present_or_pulled eclipse-temurin:17-jre; then
  echo "standin-images: eclipse-temurin:17-jre cannot be pulled, made of openjdk-17-jre-headless"
  import_packages eclipse-temurin:17-jre openjdk-17-jre-headless
fi
if ! present_or_pulled redis:7; then
  echo "standin-images: redis:7 cannot be pulled, made of redis-server"
  import_packages redis:7 redis-server redis-tools
fi
