#!/usr/bin/env bash
# Finds the programs the workshop needs, or says in English and Chinese what to install.
#
#   tools/needs.sh python                 prints the path of a Python that is new enough and can make a .venv
#   tools/needs.sh java npm browser       fails unless all are there; as root on Debian it installs what lacks
set -euo pipefail

say() { printf '%s\n' "$@" >&2; }

package_of() {
  case "$1" in
    java) echo default-jre-headless ;;
    browser) echo chromium-headless-shell ;;  # the browser without its windows: a third of the time, a tenth of the packages
    *) echo "$1" ;;
  esac
}

can_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; }

is_there() {
  case "$1" in
    chromium) command -v chromium || command -v chromium-browser ;;
    browser) command -v chromium-headless-shell || { ! can_install && is_there chromium; } ;;
    java) java -version ;;  # macOS has a `java` that only says there is none
    *) command -v "$1" ;;
  esac >/dev/null 2>&1
}

find_python() {
  local candidate old="" bare=""
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      old="${old:-$("$candidate" --version 2>/dev/null || true)}"
    elif ! "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
      bare="${bare:-$candidate}"
    else
      command -v "$candidate"
      return
    fi
  done
  if [[ -n "$bare" ]]; then
    say "$bare has no venv module, which makes the project's own .venv." \
      "  Debian and Ubuntu: apt-get install python3-venv" \
      "$bare 缺少 venv 模块，无法创建本项目的 .venv。" \
      "  Debian 与 Ubuntu：apt-get install python3-venv"
  else
    say "Python 3.11 or newer is needed; found: ${old:-none}." \
      "  Debian 12 or newer, Ubuntu 24.04 or newer: apt-get install python3 python3-venv" \
      "  Elsewhere install it, then name it: make PYTHON=/path/to/python3.11 …" \
      "需要 Python 3.11 或更新版本；现有：${old:-无}。" \
      "  Debian 12、Ubuntu 24.04 及更新版本：apt-get install python3 python3-venv" \
      "  其他系统请先安装，再指明其位置：make PYTHON=/path/to/python3.11 …"
  fi
  return 1
}

find_programs() {
  local program missing=() packages=()
  for program in "$@"; do
    is_there "$program" || { missing+=("$program"); packages+=("$(package_of "$program")"); }
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if can_install; then
    say "==> Installing ${packages[*]} with apt-get / 正在用 apt-get 安装 ${packages[*]}"
    if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2; then
      missing=()
      for program in "$@"; do is_there "$program" || missing+=("$program"); done
      [[ ${#missing[@]} -gt 0 ]] || return 0
    elif [[ "${missing[*]}" == browser ]] && is_there chromium; then
      return 0  # a system without that package
    fi
  fi
  say "The tests need ${missing[*]}, which this machine lacks. The site itself builds without: make site" \
    "  Debian and Ubuntu, as root: apt-get update && apt-get install -y ${packages[*]}" \
    "测试需要 ${missing[*]}，本机尚未安装。仅生成网站则不需要：make site" \
    "  Debian 与 Ubuntu（以 root 身份）：apt-get update && apt-get install -y ${packages[*]}"
  return 1
}

case "${1:-}" in
  python) find_python ;;
  "") say "usage: tools/needs.sh python | PROGRAM…"; exit 2 ;;
  *) find_programs "$@" ;;
esac
