#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace relayauth::cli {

// What the story of `demo --story` is written with. All of it is pure and safe from any thread.

// quotation is one verdict of the story: whether it is as it must be, who said what to which
// matter.
struct quotation {
    bool as_it_must_be = false;
    std::string who;    // a process and its id
    std::string about;  // may be empty
    std::string words;  // what it wrote; empty: it wrote nothing of the kind
};

// quotation_text is `  ok  edge-b 4711        clock: "words"`, in lines of at most 100 characters
// where words allow it, with the words aligned below each other. Ends with a line feed.
std::string quotation_text(const quotation& said);

// wrapped breaks a text into lines of at most 100 characters, each behind `indent` blanks, the
// first behind `first` instead; runs of blanks become one. Ends with a line feed.
std::string wrapped(std::string_view first, std::string_view text, std::size_t indent);

// whole_line_with is the last line of `text` that has all of `words` and is ended by a line feed,
// which it lacks; a view of `text`, empty if there is none.
std::string_view whole_line_with(std::string_view text,
                                 std::initializer_list<std::string_view> words);

// value_of is what stands behind `label` and blanks in the first line of a command's output that
// begins so; empty if none does.
std::string value_of(std::string_view said, std::string_view label);

// log_excerpt is a line of a server's log without its time and without most of its fields: what
// happened, its `reason` and `words`, cut at `longest` octets.
std::string log_excerpt(std::string_view line, std::size_t longest);

}  // namespace relayauth::cli
