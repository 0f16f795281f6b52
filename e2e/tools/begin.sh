# Sourced by each script with its name and version: answers from the cache, or makes the folder $home to install into.
set -euo pipefail
export GOWORK=off GO111MODULE=on # each module is built as it stands, whatever workspace its user has
tool=$1 version=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${EMR_OPERATOR_CACHE:-$HOME/.cache/emr-operator}/tools/$tool-$version
mkdir -p "$(dirname "$home")"
exec 9>"$home.lock"
flock 9 # two tests may ask at once

answer() {
  echo "$home/${1:-$tool}"
  exit 0
}
needs() {
  command -v "$1" >/dev/null || { echo "$tool $version needs $1, which is not on this machine: $2" >&2; exit 3; }
}
# A Go that is too old, and can't fetch a newer one, is as none. Three numbers, for old ones read no others as a version that they lack.
needs_go() {
  needs go "install Go $1 or newer"
  printf 'module none\n\ngo %s\n' "$1" >"$home/go.mod"
  (cd "$home" && go list -m >/dev/null) || { echo "$tool $version can't be built by the Go of this machine: install Go $1 or newer" >&2; exit 3; }
  rm "$home/go.mod"
}
# Builds a module beside the scripts: its own program, or one that it names.
go_builds() {
  needs_go "$(sed -n 's/^go //p' "$here/$1/go.mod")"
  (cd "$here/$1" && go build -trimpath -buildvcs=false -ldflags "-s -w" -o "$home/$tool" "${2:-.}") >&2
}
# Debian's packages, into this folder. A machine may not have asked for the lists of packages yet.
packages() {
  needs apt-get "only Debian's packages are fetched"
  needs dpkg-deb "only Debian's packages are fetched"
  apt-get download "$@" >&2 || { apt-get update >&2 && apt-get download "$@" >&2; } ||
    { echo "$tool $version is fetched as in Debian 12, whose packages apt-get does not give: $*" >&2; exit 3; }
}
[[ -e $home/.whole ]] && answer "${3:-$tool}"
rm -rf "$home"
mkdir -p "$home"
echo "$tool $version is fetched or built into $home; this happens once" >&2
# After the last command of a script: what broke off before is made anew.
whole() {
  touch "$home/.whole"
  answer "${1:-$tool}"
}
