using Azure.Messaging.ServiceBus;

namespace Mayhem.DeadLetters.Listing;

/// <summary>Counts dead letters in groups, in one walk through them.</summary>
internal static class CensusTaker
{
    public static async Task<DeadLetterCensus> CountAsync(IAsyncEnumerable<ServiceBusReceivedMessage> messages, DeadLetterFilter filter, DeadLetterBenchOptions options, DateTimeOffset now)
    {
        var reasons = new GroupCounter(dead => dead.Reason);
        var classes = new GroupCounter(dead => dead.Class);
        var fingerprints = new GroupCounter(dead => dead.Fingerprint);
        var hosts = new GroupCounter(dead => dead.Host);
        var hostGroups = new GroupCounter(dead => dead.Group);
        var ages = new GroupCounter(dead => AgeOf(now - dead.DiedAt));
        GroupCounter[] all = [reasons, classes, fingerprints, hosts, hostGroups, ages];
        var (total, scanned, isWhole) = (0, 0, true);
        await foreach (var message in messages)
        {
            if (scanned == options.MaxScan)
            {
                isWhole = false;
                break;
            }

            scanned++;
            var dead = DeadLetterReading.Summarize(message, options.GroupOf);
            if (!filter.Matches(dead))
                continue;
            total++;
            foreach (var counter in all)
                counter.Add(dead);
        }

        return new DeadLetterCensus(total, scanned, isWhole)
        {
            Reasons = reasons.Result(),
            Classes = classes.Result(),
            Fingerprints = fingerprints.Result(),
            Hosts = hosts.Result(),
            HostGroups = hostGroups.Result(),
            Ages = ages.Result(),
        };
    }

    private static string AgeOf(TimeSpan age) => age switch
    {
        _ when age < TimeSpan.FromHours(1) => "< 1 h",
        _ when age < TimeSpan.FromDays(1) => "1 h to 1 d",
        _ when age < TimeSpan.FromDays(7) => "1 d to 7 d",
        _ => "> 7 d",
    };
}
