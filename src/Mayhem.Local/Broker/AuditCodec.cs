namespace Mayhem.Local.Broker;

/// <summary>Audited roots as bytes.</summary>
internal static class AuditCodec
{
    public static void Write(RecordWriter to, QueueEvent.Audited audited)
    {
        var root = audited.Root;
        to.Text(root.RootId);
        to.OptionalText(root.CorrelationId);
        to.Time(root.AcceptedAt);
        to.Number(root.Live);
        to.Number(root.DeadLettered.Count);
        foreach (var reason in root.DeadLettered)
            to.Text(reason);
        to.Number(root.Completed);
        to.Number(root.Resolved);
        to.Number(root.Expired);
        to.Number(root.Cancelled);
        to.OptionalTime(audited.EndedAt);
    }

    public static QueueEvent.Audited Read(ref RecordReader from)
    {
        var root = new AuditedRoot
        {
            RootId = from.Text(),
            CorrelationId = from.OptionalText(),
            AcceptedAt = from.Time(),
            Live = from.Int(),
            DeadLettered = ReadReasons(ref from),
            Completed = from.Int(),
            Resolved = from.Int(),
            Expired = from.Int(),
            Cancelled = from.Int(),
        };
        return new QueueEvent.Audited(root, from.OptionalTime());
    }

    private static string[] ReadReasons(ref RecordReader from)
    {
        var count = from.Int();
        var reasons = new string[count];
        for (var i = 0; i < count; i++)
            reasons[i] = from.Text();
        return reasons;
    }
}
