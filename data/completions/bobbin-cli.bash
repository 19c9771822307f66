# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Completion of bobbin-cli for bash.

_bobbin_cli_words () {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_bobbin_cli_files () {
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
  compopt -o filenames 2>/dev/null
}

# bash takes "--order=added" for three words.
_bobbin_cli () {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}

  COMPREPLY=()
  if [ "$word" = = ]; then
    word=''
  elif [ "$option" = = ]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  fi

  case $option in
    -i | --input | --password-file | --ca-file | --timeline) _bobbin_cli_files -f "$word" ;;
    -d | --directory) _bobbin_cli_files -d "$word" ;;
    --order) _bobbin_cli_words 'finished added' "$word" ;;
    --on-conflict) _bobbin_cli_words 'number skip overwrite' "$word" ;;
    --folders) _bobbin_cli_words 'none kind host' "$word" ;;
    --name-template) _bobbin_cli_words '{name} {host} {date} {index}' "$word" ;;
    --proxy) _bobbin_cli_words 'none http:// socks5://' "$word" ;;
    --checksum)
      _bobbin_cli_words 'sha-256= sha-512= sha-1= md5=' "$word"
      compopt -o nospace 2>/dev/null ;;
    -o | --output | -j | --at-once | --per-host | -p | --parts | --part-size | --limit-rate | --tries | \
      --timeout | --base | -H | --header | --user-agent | --referer | --user) ;;
    *)
      if [[ $word == -* ]]; then
        _bobbin_cli_words '--input= --directory= --output= --at-once= --per-host= --parts= --part-size=
          --limit-rate= --tries= --timeout= --order= --on-conflict= --folders= --name-template=
          --base= --no-resume --again --checksum=
          --header= --user-agent= --referer= --user= --password-file= --netrc --proxy= --ca-file=
          --timeline= --list --demo --json --quiet --verbose --version --help' "$word"
        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
      else
        _bobbin_cli_files -f "$word"
      fi ;;
  esac
  return 0
}

complete -F _bobbin_cli bobbin-cli
