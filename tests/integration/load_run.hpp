#pragma once

#include "child_process.hpp"
#include "patience.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include "relayauth/load/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace relayauth::lab {

// load_run is one `relayauth load`, from its start on. It writes its result as JSON to a file of
// its own.
class load_run {
public:
    load_run(const std::string& server, const std::vector<std::string>& options);

    // is_under_way waits for its first line of progress, which comes 1.5 s after the first request.
    bool is_under_way() const;
    child_process& process() { return process_; }

    // finish waits for its end and reads what it wrote; no whole JSON is a test failure.
    void finish();
    // What finish() found.
    int exit_code() const { return exit_code_; }
    std::chrono::milliseconds took() const { return took_; }
    const std::string& output() const { return output_; }
    const std::string& errors() const { return errors_; }
    const load::result& result() const { return result_; }
    bool is_void() const { return result_.verdict.kind == load::verdict_kind::invalid; }
    // says tells whether a reason of the verdict holds these words.
    bool says(const std::string& words) const;

private:
    temporary_folder folder_;
    stopwatch running_;
    child_process process_;
    int exit_code_ = -1;
    std::chrono::milliseconds took_{0};
    std::string output_, errors_;
    load::result result_;
};

// Numbers by name, those that are 0 left out.
using numbers = std::map<std::string, std::uint64_t>;
numbers outcomes_of(const load::result& of);
numbers incidents_of(const load::result& of);

// fair_run makes a run, and makes it again, a few times at most, while it was disturbed: its
// verdict is void, or `is_disturbed` says so. On a machine where others work too, generator and
// server are now and then without a processor.
using load_check = std::function<bool(const load::result&)>;
std::unique_ptr<load_run> fair_run(const std::function<std::unique_ptr<load_run>()>& make,
                                   const load_check& is_disturbed = {});

// expect_verdict wants this verdict and its exit code. Of a run that stayed void it wants that the
// verdict would have been this one, had the generator not been the limit.
void expect_verdict(const load_run& run, load::verdict_kind kind);

// finished_run is a run of these options to its end.
std::unique_ptr<load_run> finished_run(const std::string& server,
                                       const std::vector<std::string>& options);

}  // namespace relayauth::lab
