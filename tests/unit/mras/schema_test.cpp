#include "bodies.hpp"
#include "xmllint.hpp"

#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::mras {
namespace {

constexpr std::string_view awkward = "<\"&'>]]>\t\r\n \x01\xFF\xC3\xA9\xF0\x9F\x98\x80\xEF\xBF\xBE";

std::vector<std::string> every_answer() {
    const std::vector<media_relay> relays = {{location::internet, "192.0.2.1", 0, 65535},
                                             {location::internet, "edge.example.test", 3478, 443},
                                             {location::intranet, "::ffff:192.0.2.1", 3478, 443},
                                             {location::intranet, "a<&>b", 3478, 443}};
    const relay_directory all(relays), one({relays.data(), 1});
    std::vector<std::string> answers;
    for (int reason = 0; reason <= static_cast<int>(reason_phrase::version_mismatch); ++reason) {
        for (const std::string_view version : {"1.0", "2.0", "3.0", "99.99"}) {
            for (const bool known : {false, true}) {
                text_buffer out;
                response_head head;
                if (known) head.request_id = awkward, head.to = "sip:a&b@c", head.from = "sip:\"<>";
                head.version = version;
                head.with_server_version = version != "1.0";
                head.reason = static_cast<reason_phrase>(reason);
                begin_response(out, head);
                end_response(out);
                answers.emplace_back(out.text());
            }
        }
    }
    for (const auto* directory : {&all, &one}) {
        for (const auto by : {route::loadbalanced, route::directip}) {
            for (const auto where : {std::optional<location>{}, std::optional(location::internet),
                                     std::optional(location::intranet)}) {
                text_buffer out;
                begin_response(out, {"1", "sip:a@b", "sip:c@d", "2.0", true, reason_phrase::ok});
                add_credentials(
                    out, {"1", "u+/=", "p", 1, std::nullopt, directory->list_xml(where, by)});
                add_credentials(out, {awkward, awkward, awkward, 999'999'999, awkward,
                                      directory->list_xml(where, by)});
                end_response(out);
                answers.emplace_back(out.text());
            }
        }
    }
    return answers;
}

TEST(Schema, FitsEveryAnswerWeWrite) {
    const auto answers = every_answer();
    const auto valid = accepted_by_xmllint(answers, "answers", true);
    for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_TRUE(valid[i]) << answers[i];
}

TEST(Schema, FitsTheRequestsWeAccept) {
    std::vector<std::string> good(std::begin(all_bodies), std::end(all_bodies));
    for (const auto* duration : {"1", "+480", " 480 ", "000000480", "999999999"}) {
        good.push_back(with(lync_2010, ">480<", ">" + std::string(duration) + "<"));
    }
    good.push_back(with(lync_2010, "<duration>480</duration>", ""));
    good.push_back(with(lync_2010, "<location>internet</location>", ""));
    good.push_back(with(lync_2010, "version", "route='directip' version"));
    good.push_back(
        with(lync_2010, "requestID=\"46498200\"", "requestID='" + std::string(64, 'x') + "'"));
    good.push_back(
        with(lync_2010, ">sip:alice@contoso.com<", ">" + std::string(max_text_length, 'x') + "<"));
    const auto valid = accepted_by_xmllint(good, "good_requests", true);
    for (std::size_t i = 0; i < good.size(); ++i) {
        EXPECT_FALSE(document(good[i]).parsed.why) << good[i];
        EXPECT_TRUE(valid[i]) << good[i];
    }
}

TEST(Schema, RefusesTheRequestsWeRefuse) {
    const std::pair<std::string_view, std::string_view> changes[] = {
        {"<request ", "<Request "},
        {"/mrasp\"", "/other\""},
        {"requestID=\"46498200\" from", "from"},
        {"version=\"2.0\"", ""},
        {"version=\"2.0\"", "version='2'"},
        {"version=\"2.0\"", "version='10.000'"},
        {"from=\"sip:", "from=\"tel:"},
        {"to=\"sip:", "to=\"http:"},
        {"version", "route='' version"},
        {"version", "x='' version"},
        {" credentialsRequestID=\"46498200\"", ""},
        {"<identity>sip:alice@contoso.com</identity>", ""},
        {"<identity>", "<x/><identity>"},
        {"<identity>", "<identity x=''>"},
        {"</identity>", "<b/></identity>"},
        {"</identity>", "</identity><identity/>"},
        {">internet<", ">Internet<"},
        {">internet<", "> internet<"},
        {">480<", ">0<"},
        {">480<", ">-1<"},
        {">480<", ">abc<"},
        {">480<", ">1.5<"},
        {">480<", ">1000000000<"},
        {">480<", "><"},
        {"</duration>", "</duration><location>internet</location>"},
        {"<location>", "x<location>"},
        {"</request>", "<other/></request>"}};
    std::vector<std::string> bad;
    for (const auto& [old, fresh] : changes) bad.push_back(with(lync_2010, old, fresh));
    bad.push_back(
        with(lync_2010, "requestID=\"46498200\"", "requestID='" + std::string(65, 'x') + "'"));
    bad.push_back(with(lync_2010, ">sip:alice@contoso.com<",
                       ">" + std::string(max_text_length + 1, 'x') + "<"));
    bad.push_back(std::string(lync_2010.substr(0, lync_2010.find("<credentialsRequest"))) +
                  "</request>");
    const std::string one(lync_2010.substr(lync_2010.find("<credentialsRequest")));
    std::string many(lync_2010.substr(0, lync_2010.find("<credentialsRequest")));
    for (int i = 0; i < 101; ++i) many += one.substr(0, one.size() - 10);
    bad.push_back(many + "</request>");
    const auto valid = accepted_by_xmllint(bad, "bad_requests", true);
    for (std::size_t i = 0; i < bad.size(); ++i) {
        EXPECT_TRUE(document(bad[i]).parsed.why) << bad[i];
        EXPECT_FALSE(valid[i]) << bad[i];
    }
}

}  // namespace
}  // namespace relayauth::mras
