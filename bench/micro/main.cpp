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
    return reporter.failed() ? 1 : 0;
}
