#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>

namespace {

// ratio_reporter prints the usual table and remembers times, so that ratios within this run can be
// printed: absolute times differ from machine to machine and from hour to hour.
class ratio_reporter : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& each : runs) {
            if (each.error_occurred) failed_ = true;
            // With repetitions only the median counts.
            const bool counts = each.repetitions <= 1 || each.aggregate_name == "median";
            if (counts) times_[each.run_name.function_name] = each.GetAdjustedCPUTime();
        }
        ConsoleReporter::ReportRuns(runs);
    }

    bool failed() const { return failed_; }

    void print_ratio(const char* what, const std::string& above, const std::string& below,
                     double goal) const {
        const auto a = times_.find(above), b = times_.find(below);
        if (a == times_.end() || b == times_.end() || b->second <= 0) return;
        const double ratio = a->second / b->second;
        std::printf("%-62s %6.2f  goal %.2f  %s\n", what, ratio, goal,
                    ratio <= goal ? "reached" : "MISSED");
    }

private:
    std::map<std::string, double> times_;
    bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    ratio_reporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    std::printf("\nratios within this run:\n");
    reporter.print_ratio("SERVICE bytes to bytes / pugixml parsing its body", "sip_session_service",
                         "pugixml_alone", 3.0);
    reporter.print_ratio("rpc Issue bytes to bytes / SERVICE bytes to bytes", "rpc_session_issue",
                         "sip_session_service", 0.6);
    reporter.print_ratio("credential::issue / three bare EVP_MAC", "credential_issue",
                         "three_evp_macs", 1.0);
    // A rate of 0.6 of the check's, and room within it for sockets and the log.
    reporter.print_ratio("rpc Validate of 100, bytes to bytes / the checks alone",
                         "rpc_session_validate_batch", "validate_batch_without_rpc", 1.5);
    // Rates of 0.8, 0.5 and 0.3 of the yardstick's.
    reporter.print_ratio("verifier::check / one bare EVP_MAC of the same bytes", "verifier_check",
                         "evp_mac_of_a_username", 1.25);
    reporter.print_ratio("verifier::check, wrong tag, two keys / the same EVP_MAC",
                         "verifier_check_wrong_tag_of_two", "evp_mac_of_a_username", 2.0);
    reporter.print_ratio("verifier::check / one bare EVP_MAC of its signed 36 octets alone",
                         "verifier_check", "evp_mac_of_a_signed_blob", 1.25);
    reporter.print_ratio("verifier::check_message, 152 bytes / one bare EVP_MAC of them",
                         "verifier_check_message", "evp_mac_of_a_message", 3.33);
    return reporter.failed() ? 1 : 0;
}
