# shellcheck shell=bash
# Sourced by the scripts beside it: gets Debian packages where this run may, and says what is missing where it may not.

apt_lists_read=no

# install PACKAGE... : with root and apt-get; otherwise one line that says what is missing, and the end.
install() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
        echo "missing on this machine: $* (as root on Debian they are installed by themselves)" >&2
        exit 1
    fi
    if [ "$apt_lists_read" = no ]; then
        DEBIAN_FRONTEND=noninteractive apt-get update -qq < /dev/null
        apt_lists_read=yes
    fi
    echo "installing $*" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" < /dev/null > /dev/null
}

# postgres_bin : the folder of the newest PostgreSQL server on this machine; fails where there is none of 15 or newer.
postgres_bin() {
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -t/ -k5 -n | tail -n 1)
    if [ -z "$found" ] && command -v initdb > /dev/null; then
        found=$(dirname "$(readlink -f "$(command -v initdb)")")
    fi
    [ -x "$found/initdb" ] || return 1
    [ "$("$found/initdb" --version | grep -oE '[0-9]+' | head -n 1)" -ge 15 ] || return 1
    echo "$found"
}

# need_postgres, need_chromium, need_node : make sure that the thing is there.
need_postgres() {
    postgres_bin > /dev/null || install postgresql
    postgres_bin > /dev/null || { echo "PostgreSQL 15 or newer is needed; this machine's is older" >&2; exit 1; }
}
need_chromium() {
    local missing=()
    command -v chromium > /dev/null || missing+=(chromium fonts-dejavu-core)
    command -v chromedriver > /dev/null || missing+=(chromium-driver)
    [ ${#missing[@]} = 0 ] || install "${missing[@]}"
}
need_node() {
    command -v npm > /dev/null || install nodejs npm
}
