#include "bodies.hpp"
#include "walk.hpp"
#include "xmllint.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

// Bodies damaged at random, judged by us and by xmllint.
namespace relayauth::mras {
namespace {

constexpr std::string_view pieces[] = {"<",
                                       ">",
                                       "&",
                                       "\"",
                                       "'",
                                       "/",
                                       "=",
                                       ":",
                                       ";",
                                       " ",
                                       "\t",
                                       "\r\n",
                                       "-",
                                       "--",
                                       "]]>",
                                       "<!--",
                                       "-->",
                                       "<?",
                                       "?>",
                                       "<?p q?>",
                                       "<?xml version='1.0'?>",
                                       "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>",
                                       " encoding='utf-8'",
                                       " standalone='no'",
                                       "<![CDATA[",
                                       "<![CDATA[x]]>",
                                       "&amp;",
                                       "&lt;",
                                       "&#65;",
                                       "&#x0;",
                                       "&#xD800;",
                                       "&#xFFFE;",
                                       "&nbsp;",
                                       "&#x41",
                                       " a='b'",
                                       " a=\"<\"",
                                       " xmlns:p='u'",
                                       " xmlns:q='u'",
                                       " p:a='1'",
                                       " q:a='2'",
                                       " xmlns:p=''",
                                       " xmlns=''",
                                       " xml:lang='en'",
                                       " xmlns:xml='v'",
                                       "p:",
                                       "xml:",
                                       "xmlns:",
                                       "\xC3\xA9",
                                       "\xC3",
                                       "\xEF\xBB\xBF",
                                       "\xEF\xBF\xBE",
                                       "\xED\xA0\x80",
                                       "\xC2\xB7",
                                       "\xC3\x97",
                                       "\x01",
                                       "<a>",
                                       "</a>",
                                       "<a/>",
                                       "</request>",
                                       "<p:a xmlns:p='w'/>",
                                       "1",
                                       "x"};

class damage {
public:
    std::string next() {
        std::string text(all_bodies[below(std::size(all_bodies))]);
        for (std::size_t times = 1 + below(3); times > 0; --times) once(text);
        return text;
    }

private:
    std::size_t below(std::size_t bound) { return bound ? random_() % bound : 0; }

    void once(std::string& text) {
        const auto at = below(text.size());
        const auto size = 1 + below(12);
        switch (below(6)) {
            case 0:
                text.erase(at, size);
                break;
            case 1:
                text.insert(below(text.size()), text.substr(at, size * 4));
                break;
            case 2:
                if (!text.empty()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
                break;
            case 3:
                if (!text.empty()) text[at] = static_cast<char>(below(256));
                break;
            default:
                text.insert(at, pieces[below(std::size(pieces))]);
        }
    }

    std::mt19937 random_{20261122};
};

// What we refuse though XML allows it.
bool is_our_choice(const std::string& text) {
    const auto why = check_well_formed(text);
    return why == errc::doctype_present || why == errc::not_utf8 ||
           why == errc::unexpected_element || why == errc::unexpected_attribute;
}

TEST(Difference, AcceptsNothingThatXmllintRefusesAndRefusesNothingElse) {
    damage damaged;
    std::vector<std::string> documents;
    while (documents.size() < 6000) documents.push_back(damaged.next());
    const auto theirs = accepted_by_xmllint(documents, "difference", false);
    std::size_t both = 0, neither = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const bool ours = has_good_names(documents[i]);
        const bool expected = is_our_choice(documents[i]) ? ours : theirs[i];
        EXPECT_EQ(ours, expected) << i << ": " << documents[i];
        EXPECT_FALSE(ours && !theirs[i]) << i << ": " << documents[i];
        EXPECT_FALSE(!document(documents[i]).parsed.why && !theirs[i]) << i << ": " << documents[i];
        both += ours && theirs[i];
        neither += !ours && !theirs[i];
    }
    EXPECT_GT(both, 600u);
    EXPECT_GT(neither, 600u);
}

}  // namespace
}  // namespace relayauth::mras
