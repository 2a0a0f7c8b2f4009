namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>The model's audit: counted anew from all messages that ever were.</summary>
internal sealed partial class ModelQueue
{
    public IEnumerable<string> Roots() => messages.Where(message => !message.Forgotten).GroupBy(message => message.Content.RootId).Select(root =>
        $"{root.Key} {root.First().Content.CorrelationId} {root.First().AcceptedAt:T} live {root.Count(message => message.Gone is null && !message.Dead)} "
        + $"dead {string.Join(',', root.Where(message => message.Gone is null && message.Dead).Select(message => message.Reason).Order(StringComparer.Ordinal))} "
        + $"completed {Count(root, "completed")} resolved {Count(root, "resolved")} expired {Count(root, "expired")} cancelled {Count(root, "cancelled")}");

    private static int Count(IEnumerable<ModelMessage> root, string how) => root.Count(message => message.Gone == how);

    private void ForgetEnded()
    {
        foreach (var root in messages.Where(message => !message.Forgotten).GroupBy(message => message.Content.RootId).ToList())
        {
            if (root.All(message => message.Gone is not null) && wall - root.Max(message => message.LastEnd).At >= auditRetention)
            {
                foreach (var message in root)
                    message.Forgotten = true;
            }
        }
    }
}
