using SdkSubQueue = Azure.Messaging.ServiceBus.SubQueue;
using SubQueue = Mayhem.Local.Broker.SubQueue;

namespace Mayhem.Local.ServiceBus;

/// <summary>A queue or its dead letters, as the SDK names them.</summary>
internal sealed record QueuePath(string Queue, SubQueue SubQueue)
{
    private const string DeadLetters = "/$deadletterqueue";

    /// <summary>The path, as the SDK's <c>EntityPath</c> gives it.</summary>
    public string Path => SubQueue == SubQueue.DeadLetter ? Queue + "/$DeadLetterQueue" : Queue;

    public static QueuePath Parse(string path, SdkSubQueue subQueue)
    {
        if (subQueue == SdkSubQueue.TransferDeadLetter)
            throw new NotSupportedException("The embedded broker transfers no messages, so it has no transfer dead letters.");
        return path.EndsWith(DeadLetters, StringComparison.OrdinalIgnoreCase)
            ? new QueuePath(path[..^DeadLetters.Length], SubQueue.DeadLetter)
            : new QueuePath(path, subQueue == SdkSubQueue.DeadLetter ? SubQueue.DeadLetter : SubQueue.None);
    }
}
