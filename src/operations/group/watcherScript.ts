/**
 * What the watcher runs: plain sh, for dash, bash and busybox alike, with no program but `sleep` and, in the one case named below, `grep`.
 *
 * Lines come on its input, one for each thing that happens: `! 0 0` a program is about to be started, `- 0 0` it was not; `+ GROUP START`
 * a group has begun, whose leader started then; `- GROUP 0` it is gone. At the end of the input, and only then, it ends what is left: TERM,
 * a second, KILL. A last line that is not whole is left out by `read`.
 *
 * Whom it ends: a group whose leader is there, when that started at the time it was told; one without leader, when a living member
 * is of a session of that number, as only members of our programs' sessions are. A process that was only announced is found by the mark in its
 * environment, looked for twice, since a process between fork and exec still has ours.
 *
 * `kill -TERM -GROUP` is written so because busybox's `kill` knows no `--`. The name of a program in /proc/PID/stat may hold anything, line
 * ends and brackets too: fields are counted from behind the last bracket (proc(5)). Where there is no /proc, `ps` says what is needed.
 */
export const watcherScript = `
trap '' HUP INT QUIT TERM TSTP TTIN TTOU USR1 USR2 ALRM PIPE
mark=$1 groups=' ' pending= living=

if [ -r /proc/$$/stat ]; then
  look() {
    text= line=
    while IFS= read -r line; do text="$text$line "; done < "/proc/$1/stat" || return 1
    text=$text$line
    [ -n "$text" ] || return 1
    set -- \${text##*') '}
    state=$1 pgrp=$3 session=$4 began=\${20}
  }
  scan() {
    living=' '
    for entry in /proc/[0-9]*; do
      pid=\${entry#/proc/}
      look "$pid" && [ "$pgrp" = "$session" ] || continue
      case $state in Z | X) continue ;; esac
      living="$living$pgrp "
      if [ -n "$pending" ] && [ "$pid" = "$pgrp" ] && [ "$began" -ge "$since" ] && grep -q "$mark" "/proc/$pid/environ"; then
        groups="$groups$pid:$began "
      fi
    done
  }
  look $$
  since=$began
else
  look() {
    began=$(ps -o lstart= -p "$1" | tr -s ' ' _)
    [ -n "$began" ]
  }
  scan() {
    living=" $(echo $(ps -ax -o pgid=)) "
  }
fi

ours() {
  if look "$1"; then
    [ "$began" = "$2" ]
  else
    [ -n "$living" ] || scan
    case $living in *" $1 "*) return 0 ;; esac
    return 1
  fi
}

finish() {
  living=
  [ -z "$pending" ] || scan
  for each in $groups; do
    if ours "\${each%%:*}" "\${each#*:}"; then kill "-$1" "-\${each%%:*}"; fi
  done
}

while read -r sign group start; do
  case $sign in
    '!') pending=1 ;;
    +)
      pending=
      if [ "$start" = '?' ]; then look "$group" && start=$began; fi
      groups="$groups$group:$start "
      ;;
    -)
      if [ "$group" = 0 ]; then
        pending=
      else
        case $groups in
          *" $group:"*)
            rest=\${groups#*" $group:"}
            groups="\${groups%%" $group:"*} \${rest#* }"
            ;;
        esac
      fi
      ;;
  esac
done

if [ "$groups" != ' ' ] || [ -n "$pending" ]; then
  finish TERM
  sleep 1
  finish KILL
fi
`
