namespace Mayhem.Local.Broker;

/// <summary>
/// Events as bytes. One record holds a time and the events of one command, so that a crash leaves all of them or none. The numbers of the kinds
/// are the format: they never change their meaning.
/// </summary>
internal static class EventCodec
{
    private enum Kind : byte
    {
        Accepted = 1, Activated = 2, Delivered = 3, Completed = 4, Abandoned = 5, Deferred = 6, DeadLettered = 7, Expired = 8, Cancelled = 9,
        SessionStateSet = 10, NumberedFrom = 11, Kept = 12, Remembered = 13, Audited = 14,
    }

    /// <summary>Begins a record: the events written next happened at this time.</summary>
    public static void Begin(RecordWriter record, DateTimeOffset at)
    {
        record.Clear();
        record.Time(at);
    }

    /// <summary>Applies the events of a record to a queue. An empty record has none.</summary>
    public static void Replay(ReadOnlySpan<byte> record, QueueState queue)
    {
        if (record.IsEmpty)
            return;
        var from = new RecordReader(record);
        var at = from.Time();
        while (!from.IsAtEnd)
            queue.Apply(Read(ref from), at);
    }

    public static void Write(RecordWriter to, QueueEvent happened)
    {
        switch (happened)
        {
            case QueueEvent.Accepted accepted:
                Begin(to, Kind.Accepted, accepted.SequenceNumber);
                MessageCodec.Write(to, accepted.Content);
                break;
            case QueueEvent.Activated activated:
                Begin(to, Kind.Activated, activated.ScheduledNumber);
                to.Number(activated.SequenceNumber);
                break;
            case QueueEvent.Delivered delivered:
                Begin(to, Kind.Delivered, delivered.SequenceNumber);
                break;
            case QueueEvent.Completed completed:
                Begin(to, Kind.Completed, completed.SequenceNumber);
                break;
            case QueueEvent.Abandoned abandoned:
                Begin(to, Kind.Abandoned, abandoned.SequenceNumber);
                PropertyCodec.Write(to, abandoned.Properties);
                break;
            case QueueEvent.Deferred deferred:
                Begin(to, Kind.Deferred, deferred.SequenceNumber);
                PropertyCodec.Write(to, deferred.Properties);
                break;
            case QueueEvent.DeadLettered dead:
                Begin(to, Kind.DeadLettered, dead.SequenceNumber);
                to.OptionalText(dead.Reason);
                to.OptionalText(dead.Description);
                PropertyCodec.Write(to, dead.Properties);
                break;
            case QueueEvent.Expired expired:
                Begin(to, Kind.Expired, expired.SequenceNumber);
                break;
            case QueueEvent.Cancelled cancelled:
                Begin(to, Kind.Cancelled, cancelled.SequenceNumber);
                break;
            case QueueEvent.SessionStateSet set:
                to.Byte((byte)Kind.SessionStateSet);
                to.Text(set.SessionId);
                to.Bool(set.State is not null);
                to.Bytes((set.State ?? default).Span);
                break;
            case QueueEvent.NumberedFrom numbered:
                Begin(to, Kind.NumberedFrom, numbered.NextSequenceNumber);
                break;
            case QueueEvent.Kept kept:
                to.Byte((byte)Kind.Kept);
                MessageCodec.Write(to, kept.Message);
                to.Bool(kept.IsDeferred);
                break;
            case QueueEvent.Remembered remembered:
                Begin(to, Kind.Remembered, remembered.SequenceNumber);
                to.Text(remembered.MessageId);
                to.Time(remembered.AcceptedAt);
                break;
            case QueueEvent.Audited audited:
                to.Byte((byte)Kind.Audited);
                AuditCodec.Write(to, audited);
                break;
            default:
                throw new ArgumentException($"A {happened.GetType().Name} cannot be written.", nameof(happened));
        }
    }

    private static void Begin(RecordWriter to, Kind kind, long sequenceNumber)
    {
        to.Byte((byte)kind);
        to.Number(sequenceNumber);
    }

    private static QueueEvent Read(ref RecordReader from) => (Kind)from.Byte() switch
    {
        Kind.Accepted => new QueueEvent.Accepted(from.Number(), MessageCodec.ReadContent(ref from)),
        Kind.Activated => new QueueEvent.Activated(from.Number(), from.Number()),
        Kind.Delivered => new QueueEvent.Delivered(from.Number()),
        Kind.Completed => new QueueEvent.Completed(from.Number()),
        Kind.Abandoned => new QueueEvent.Abandoned(from.Number(), PropertyCodec.Read(ref from)),
        Kind.Deferred => new QueueEvent.Deferred(from.Number(), PropertyCodec.Read(ref from)),
        Kind.DeadLettered => new QueueEvent.DeadLettered(from.Number(), from.OptionalText(), from.OptionalText(), PropertyCodec.Read(ref from)),
        Kind.Expired => new QueueEvent.Expired(from.Number()),
        Kind.Cancelled => new QueueEvent.Cancelled(from.Number()),
        Kind.SessionStateSet => new QueueEvent.SessionStateSet(from.Text(), ReadState(ref from)),
        Kind.NumberedFrom => new QueueEvent.NumberedFrom(from.Number()),
        Kind.Kept => new QueueEvent.Kept(MessageCodec.ReadMessage(ref from), from.Bool()),
        Kind.Remembered => ReadRemembered(ref from),
        Kind.Audited => AuditCodec.Read(ref from),
        var unknown => throw new InvalidDataException($"A record of the broker's journal has an event of the unknown kind {(byte)unknown}."),
    };

    private static ReadOnlyMemory<byte>? ReadState(ref RecordReader from)
    {
        var given = from.Bool();
        var state = from.Bytes();

        // Without the cast, null would be an array, and so a state that is empty.
        return given ? (ReadOnlyMemory<byte>?)state.ToArray() : null;
    }

    private static QueueEvent.Remembered ReadRemembered(ref RecordReader from)
    {
        var number = from.Number();
        return new QueueEvent.Remembered(from.Text(), number, from.Time());
    }
}
