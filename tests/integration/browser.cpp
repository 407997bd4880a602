#include "browser.hpp"

#include "child_process.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

namespace relayauth::lab {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string attribute(const std::string& html) {
    return replaced(replaced(html, "&", "&amp;"), "\"", "&quot;");
}

// A window has a least width of about 500 px; a frame has any.
std::string page_around(const std::vector<framed_page>& pages, colour_scheme scheme) {
    const std::string word = scheme == colour_scheme::dark ? "dark" : "light";
    auto html =
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" "
        "content=\"light dark\"></head><body data-scheme=\"" +
        word + "\">\n<pre id=\"found\">nothing was measured</pre>\n";
    for (const auto& each : pages) {
        html += "<iframe name=\"" + each.name +
                "\" style=\"border:0;height:2000px;width:" + std::to_string(each.width) +
                "px\" srcdoc=\"" + attribute(each.html) + "\"></iframe>\n";
    }
    return html + "<script>\n" +
           read_file(RELAYAUTH_SOURCE_DIR "/tests/integration/page_measures.js") +
           "</script>\n</body></html>\n";
}

std::vector<std::string> command(const temporary_folder& folder, colour_scheme scheme,
                                 const std::string& page) {
    return {find_program("chromium"),
            "--headless",
            "--no-sandbox",  // it would not start for root, as in containers
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--user-data-dir=" + folder.path("profile"),
            std::string("--blink-settings=preferredColorScheme=") +
                (scheme == colour_scheme::dark ? "0" : "1"),
            "--window-size=1300,2100",
            "--dump-dom",
            "file://" + page};
}

// The console's lines are `[...:INFO:CONSOLE:1] "words", source: ... (1)`.
std::string console_of(const std::string& errors) {
    std::istringstream in(errors);
    std::string found;
    for (std::string line; std::getline(in, line);) {
        if (line.find(":CONSOLE") != std::string::npos) found += "console: " + line + "\n";
    }
    return found;
}

}  // namespace

std::string measured(const std::vector<framed_page>& pages, colour_scheme scheme) {
    const temporary_folder folder;
    const auto page = folder.write("page.html", page_around(pages, scheme));
    const auto done = run(command(folder, scheme, page), {}, {}, std::chrono::seconds(60));
    EXPECT_EQ(done.code, 0) << done.errors;
    const std::string begin = "<pre id=\"found\">";
    const auto at = done.output.find(begin);
    if (at == std::string::npos) return "there is no such page: " + done.errors;
    const auto end = done.output.find("</pre>", at);
    const auto found = done.output.substr(at + begin.size(), end - at - begin.size());
    return console_of(done.errors) + replaced(found, "&lt;", "<");
}

}  // namespace relayauth::lab
