using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mayhem.Failures;
using Mayhem.Messages;
using Mayhem.Recovery;

namespace Mayhem.Reports;

/// <summary>Everything of the domain that helps to find the cause of a failure. Made when somebody looks at it: in a storm, most reports are only counted.</summary>
internal sealed class FailureDomain(Failure failure, Delivery delivery, RestartRequest? request, MessageProgress progress, string verdict, TimeSpan? delay) : IReadOnlyDictionary<string, string>
{
    private const int UsualCount = 17;

    private Dictionary<string, string>? all;

    public int Count => All.Count;

    public IEnumerable<string> Keys => All.Keys;

    public IEnumerable<string> Values => All.Values;

    public string this[string key] => All[key];

    public bool ContainsKey(string key) => All.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => All.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The worst that can happen is that it is made twice.
    private Dictionary<string, string> All => all ??= Make();

    private Dictionary<string, string> Make()
    {
        var domain = new Dictionary<string, string>(UsualCount, StringComparer.Ordinal)
        {
            ["queue"] = delivery.Queue,
            ["messageId"] = delivery.MessageId,
            ["rootId"] = delivery.RootId,
            ["deliveryCount"] = Text(delivery.DeliveryCount),
            ["sequenceNumber"] = Text(delivery.SequenceNumber),
            ["enqueuedAt"] = delivery.EnqueuedAt.ToString("O", CultureInfo.InvariantCulture),
            ["lockedUntil"] = delivery.LockedUntil.ToString("O", CultureInfo.InvariantCulture),
            ["attempt"] = Text(Math.Max(1, progress.Budget.Failures)),
            ["rule"] = failure.Rule.ToString(),
            ["verdict"] = verdict,
        };
        if (delay is { } wait)
            domain["delaySeconds"] = wait.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        if (delivery.SessionId is { } session)
            domain["sessionId"] = session;
        if (request is not null)
        {
            domain["requestId"] = request.RequestId;
            domain["host"] = request.Host;
            domain["group"] = request.Group;
            domain["requester"] = request.Requester;
            domain["reason"] = request.Reason;
        }

        return domain;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
