namespace Mayhem.Local.Broker;

/// <summary>Messages as bytes.</summary>
internal static class MessageCodec
{
    public static void Write(RecordWriter to, MessageContent content)
    {
        to.Text(content.MessageId);
        to.OptionalText(content.SessionId);
        to.OptionalText(content.PartitionKey);
        to.OptionalText(content.CorrelationId);
        to.OptionalText(content.Subject);
        to.OptionalText(content.ContentType);
        to.OptionalText(content.To);
        to.OptionalText(content.ReplyTo);
        to.OptionalText(content.ReplyToSessionId);
        to.OptionalSpan(content.TimeToLive);
        to.OptionalTime(content.ScheduledFor);
        PropertyCodec.Write(to, content.Properties);
        to.Bytes(content.Body.Span);
    }

    public static MessageContent ReadContent(ref RecordReader from) => new()
    {
        MessageId = from.Text(),
        SessionId = from.OptionalText(),
        PartitionKey = from.OptionalText(),
        CorrelationId = from.OptionalText(),
        Subject = from.OptionalText(),
        ContentType = from.OptionalText(),
        To = from.OptionalText(),
        ReplyTo = from.OptionalText(),
        ReplyToSessionId = from.OptionalText(),
        TimeToLive = from.OptionalSpan(),
        ScheduledFor = from.OptionalTime(),
        Properties = PropertyCodec.Read(ref from),
        Body = from.Bytes().ToArray(),
    };

    public static void Write(RecordWriter to, BrokeredMessage message)
    {
        Write(to, message.Content);
        PropertyCodec.Write(to, message.Properties);
        to.Number(message.SequenceNumber);
        to.Byte((byte)message.State);
        to.Number(message.DeliveryCount);
        to.Time(message.EnqueuedAt);
        to.OptionalTime(message.ExpiresAt);
        to.OptionalText(message.DeadLetterSource);
        to.OptionalText(message.DeadLetterReason);
    }

    public static BrokeredMessage ReadMessage(ref RecordReader from) => new()
    {
        Content = ReadContent(ref from),
        Properties = PropertyCodec.Read(ref from),
        SequenceNumber = from.Number(),
        State = (MessageState)from.Byte(),
        DeliveryCount = from.Int(),
        EnqueuedAt = from.Time(),
        ExpiresAt = from.OptionalTime(),
        DeadLetterSource = from.OptionalText(),
        DeadLetterReason = from.OptionalText(),
    };
}
