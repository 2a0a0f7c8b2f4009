using System.Text;

namespace Mayhem.Local.Broker;

/// <summary>How large a message is for the queue's limit: body, ids and properties, with a few bytes for each property's frame.</summary>
internal static class MessageSize
{
    private const int PropertyFrame = 8;

    public static long Of(MessageContent content)
    {
        long size = content.Body.Length + Of(content.MessageId) + Of(content.SessionId) + Of(content.PartitionKey) + Of(content.CorrelationId)
            + Of(content.Subject) + Of(content.ContentType) + Of(content.To) + Of(content.ReplyTo) + Of(content.ReplyToSessionId);
        foreach (var (name, value) in content.Properties)
            size += PropertyFrame + Of(name) + Of(value);
        return size;
    }

    private static int Of(object? value) => value switch
    {
        null => 0,
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        Uri uri => Encoding.UTF8.GetByteCount(uri.OriginalString),
        _ => sizeof(long),
    };
}
