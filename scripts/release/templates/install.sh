#!/bin/sh
# Installs otel-kit for the current user, on Linux and macOS. Needs curl or wget, and no administrator.
# Beside the files of a release, it installs these; otherwise it downloads them.
set -eu

VERSION='{{version}}'
RELEASES='{{repository}}/releases/download'

usage() {
  cat <<'END'
Usage: install.sh [flags]

Installs otel-kit into PREFIX/lib/otel-kit, and links PREFIX/bin/otel-kit to it.

Flags
  --version VERSION   Install this version (default {{version}})
  --from URL|FOLDER   Take the files of the release from here
  --prefix FOLDER     Where to install (default ~/.local)
  --uninstall         Remove what this script installed
  --help              Print this help
END
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

main() {
  prefix=${HOME:-}/.local from='' uninstall=''
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --from | --prefix)
        [ $# -ge 2 ] || fail "$1 needs a value"
        case $1 in
          --version) VERSION=${2#v} ;;
          --from) from=${2%/} ;;
          --prefix) prefix=${2%/} ;;
        esac
        shift
        ;;
      --uninstall) uninstall=1 ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) fail "unknown flag $1; run it with --help for usage" ;;
    esac
    shift
  done
  case $prefix in
    /.local) fail 'HOME is not set; use --prefix FOLDER' ;;
    /*) ;;
    *) prefix=$PWD/$prefix ;;
  esac
  program=$prefix/lib/otel-kit
  link=$prefix/bin/otel-kit
  if [ "$uninstall" ]; then remove; else add; fi
}

remove() {
  [ -f "$program/install.json" ] || fail "nothing to remove: $program was not installed by this script"
  if [ "$(readlink "$link" 2>/dev/null)" = "$program/otel-kit" ]; then
    rm "$link"
    echo "Removed $link"
  fi
  rm -r "$program"
  echo "Removed $program"
  echo 'Kept: telemetry that you saved with --db, and your progress in the workshop'
}

add() {
  if [ -e "$program" ] && [ ! -f "$program/install.json" ]; then
    fail "cannot replace $program: it was not installed by this script"
  fi
  if [ -e "$link" ] && [ "$(readlink "$link" 2>/dev/null)" != "$program/otel-kit" ]; then
    fail "cannot replace $link: it was not installed by this script"
  fi
  target=$(find_target)
  folder=$(cd "$(dirname "$0")" 2>/dev/null && pwd) || folder=''
  if [ -z "$from" ]; then
    from=$RELEASES/v$VERSION
    if [ -f "$folder/SHA256SUMS" ] && [ -f "$folder/otel-kit-$VERSION-$target.tar.gz" ]; then
      from=$folder
    fi
  fi
  archive=otel-kit-$VERSION-$target.tar.gz
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  echo "Getting $from/$archive"
  get SHA256SUMS
  get "$archive"
  check "$archive"
  tar -xzf "$work/$archive" -C "$work"
  new=$work/otel-kit-$VERSION-$target
  "$new/otel-kit" --version >"$work/version" || fail "cannot run otel-kit on this machine; nothing was changed"
  [ "$(cat "$work/version")" = "otel-kit $VERSION" ] ||
    fail "expected otel-kit $VERSION, but the archive contains $(cat "$work/version"); nothing was changed"
  printf '{ "installedBy": "install.sh", "version": "%s", "prefix": "%s" }\n' "$VERSION" "$prefix" >"$new/install.json"
  place
  report
}

find_target() {
  case $(uname -s) in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) fail "no release for $(uname -s); on Windows, use install.ps1" ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) cpu=x64 ;;
    aarch64 | arm64) cpu=arm64 ;;
    *) fail "no release for processors of type $(uname -m); x86-64 and ARM64 have one" ;;
  esac
  # A shell that Rosetta translates doesn't see the real processor.
  if [ "$os" = darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then cpu=arm64; fi
  if [ "$os" = linux ] && ldd --version 2>&1 | grep -qi musl; then
    fail 'no release for musl (Alpine); use the container image'
  fi
  echo "$os-$cpu"
}

get() { # FILE
  case $from in
    http://* | https://*)
      if command -v curl >/dev/null; then
        curl --fail --silent --show-error --location --output "$work/$1" "$from/$1" || fail "cannot download $from/$1"
      elif command -v wget >/dev/null; then
        wget -q -O "$work/$1" "$from/$1" || fail "cannot download $from/$1"
      else
        fail 'cannot download: install curl or wget'
      fi
      ;;
    *) cp "$from/$1" "$work/$1" || fail "cannot read $from/$1" ;;
  esac
}

check() { # FILE
  expected=$(awk -v name="$1" '$2 == name { print $1 }' "$work/SHA256SUMS")
  [ "$expected" ] || fail "SHA256SUMS does not name $1; nothing was changed"
  if command -v sha256sum >/dev/null; then
    actual=$(sha256sum "$work/$1")
  elif command -v shasum >/dev/null; then
    actual=$(shasum -a 256 "$work/$1")
  else
    fail 'cannot check the download: install sha256sum or shasum; nothing was changed'
  fi
  [ "${actual%% *}" = "$expected" ] ||
    fail "wrong checksum of $1: expected $expected, got ${actual%% *}; nothing was changed"
}

# The previous version stays until the new one is in its place.
place() {
  mkdir -p "$prefix/lib" "$prefix/bin"
  rm -rf "$program.old" "$program.new"
  mv "$new" "$program.new"
  if [ -e "$program" ]; then mv "$program" "$program.old"; fi
  mv "$program.new" "$program"
  rm -rf "$program.old"
  ln -sf "$program/otel-kit" "$link"
}

report() {
  echo "Installed otel-kit $VERSION:"
  echo "  $program: the program, its license, and completions"
  echo "  $link: a link to it"
  case :${PATH:-}: in
    *:"$prefix/bin":*) echo 'Try it: otel-kit demo' ;;
    *)
      echo "Try it: $link demo"
      echo "To run it by name, add $prefix/bin to PATH"
      ;;
  esac
  echo 'To remove it, run this script with --uninstall'
}

main "$@"
