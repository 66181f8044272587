#include "pages.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace wideband {
namespace {

std::vector<const CLI::App*> visible_commands(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); });
}

std::vector<const CLI::Option*> visible_options(const CLI::App& command) {
  return command.get_options(
      [](const CLI::Option* option) { return !option->get_group().empty(); });
}

// Text for roff: backslashes, hyphens, and lines that begin like a request.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool starts_line = result.empty() || result.back() == '\n';
    if (starts_line && (c == '.' || c == '\'')) result += "\\&";
    if (c == '\\') result += "\\e";
    if (c == '-') result += '\\';
    if (c != '\\') result += c;
  }
  return result;
}

// The name of the type without the validators that CLI11 adds after a colon.
std::string type_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

// "-h,--help", "--out DIR", "WHAT".
std::string shown_name(const CLI::Option& option) {
  const std::string name = option.get_name(false, true);
  const std::string type = type_of(option);
  const bool flag = option.get_items_expected_max() == 0;
  return flag || option.get_positional() || type.empty() ? name : name + " " + type;
}

std::string synopsis(const CLI::App& command) {
  std::string line = command.get_name();
  for (const CLI::Option* option : visible_options(command)) {
    if (!option->get_positional()) continue;
    line += option->get_required() ? " " + option->get_name() : " [" + option->get_name() + "]";
  }
  return line + " [options]";
}

std::string option_list(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : visible_options(command)) {
    if (option == command.get_help_ptr() && command.get_parent() != nullptr) continue;
    text +=
        fmt::format(".TP\n.B {}\n{}\n", roff(shown_name(*option)), roff(option->get_description()));
  }
  return text;
}

std::vector<std::string> option_words(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : visible_options(command)) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  return words;
}

// Whether the command takes a positional of this name.
bool takes(const CLI::App& command, const std::string& positional) {
  for (const CLI::Option* option : visible_options(command)) {
    if (option->get_positional() && option->get_name() == positional) return true;
  }
  return false;
}

// The case pattern of all options of one type: "--out|--angles", or "" if there is none.
std::string options_of_type(const CLI::App& command, const std::string& type) {
  std::vector<std::string> names;
  for (const CLI::App* sub : visible_commands(command)) {
    for (const CLI::Option* option : visible_options(*sub)) {
      if (type_of(*option) != type) continue;
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return fmt::format("{}", fmt::join(names, "|"));
}

// The words that may follow a command, in front of its options.
std::string positional_words(const CLI::App& sub, const CompletionWords& words) {
  std::vector<std::string> list;
  if (takes(sub, "WHAT")) list = words.runs;
  if (takes(sub, "NAME")) {
    for (const auto& [name, keys] : words.keys) list.push_back(name);
  }
  if (takes(sub, "DIR")) list.push_back("$(compgen -d -- \"$cur\")");
  return fmt::format("{}", fmt::join(list, " "));
}

constexpr const char* completion_start = R"(# bash completion for wideband
_wideband() {
  local cur prev words cword command='' experiment='' word
  if declare -F _init_completion > /dev/null; then
    _init_completion -n = || return
  else
    cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
  fi
  for word in "${words[@]:1:cword-1}"; do
    if [[ $word != -* && -z $command ]]; then command=$word
    elif [[ $word == [a-z]*-[a-z]* && -z $experiment ]]; then experiment=${word%%/*}
    fi
  done
  local choices=''
  case $prev in
)";

constexpr const char* completion_end = R"(  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2> /dev/null
}
complete -F _wideband wideband
)";

}  // namespace

std::string manual_page(const CLI::App& command, const std::string& version,
                        const std::map<int, std::string>& exit_status) {
  const std::string name = roff(command.get_name());
  std::string page =
      fmt::format(".TH WIDEBAND 1 \"\" \"wideband {}\" \"User Commands\"\n", version);
  page += fmt::format(".SH NAME\n{} \\- {}\n", name, roff(command.get_description()));
  page += fmt::format(".SH SYNOPSIS\n.B {}\nCOMMAND [options]\n", name);
  page += ".SH OPTIONS\n" + option_list(command);
  page += ".SH COMMANDS\n";
  for (const CLI::App* sub : visible_commands(command)) {
    page += fmt::format(".SS {}\n{}\n", roff(synopsis(*sub)), roff(sub->get_description()));
    page += option_list(*sub);
    const std::string footer = sub->get_footer();
    if (!footer.empty()) page += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(footer));
  }
  page += ".SH EXIT STATUS\n";
  for (const auto& [status, meaning] : exit_status) {
    page += fmt::format(".TP\n.B {}\n{}\n", status, roff(meaning));
  }
  return page;
}

std::string bash_completion(const CLI::App& command, const CompletionWords& words) {
  std::string script = completion_start;
  const auto names = [&](const std::string& type, const char* flag) {
    const std::string options = options_of_type(command, type);
    if (options.empty()) return;
    script += fmt::format(
        "    {})\n      mapfile -t COMPREPLY < <(compgen {} -- \"$cur\")\n"
        "      compopt -o filenames 2> /dev/null\n      return ;;\n",
        options, flag);
  };
  names("DIR", "-d");
  names("FILE", "-f");
  script += "    --set)\n      case $experiment in\n";
  for (const auto& [name, keys] : words.keys) {
    script += fmt::format("        {}) choices='{}=' ;;\n", name, fmt::join(keys, "= "));
  }
  script += "      esac\n      command=--set ;;\n  esac\n  case $command in\n    --set) ;;\n";
  std::vector<std::string> commands;
  for (const CLI::App* sub : visible_commands(command)) {
    commands.push_back(sub->get_name());
    script += fmt::format("    {}) choices=\"{} {}\" ;;\n", sub->get_name(),
                          positional_words(*sub, words), fmt::join(option_words(*sub), " "));
  }
  script += fmt::format("    *) choices='{} {}' ;;\n", fmt::join(commands, " "),
                        fmt::join(option_words(command), " "));
  return script + completion_end;
}

}  // namespace wideband
