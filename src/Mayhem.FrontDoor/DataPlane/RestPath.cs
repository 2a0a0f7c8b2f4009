using Mayhem.Local.Broker;

namespace Mayhem.FrontDoor.DataPlane;

/// <summary>What kind of thing a path names.</summary>
internal enum RestTarget
{
    /// <summary><c>/{queue}/messages</c></summary>
    Messages,

    /// <summary><c>/{queue}/messages/head</c></summary>
    Head,

    /// <summary><c>/{queue}/messages/{id or sequence number}/{lock token}</c></summary>
    Locked,
}

/// <summary>A path of the REST API. Names of queues may hold slashes.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="SubQueue">Its dead letters, for <c>/{queue}/$DeadLetterQueue/messages…</c>.</param>
/// <param name="Target">What is named.</param>
/// <param name="LockToken">The lock, of a locked message.</param>
internal sealed record RestPath(string Queue, SubQueue SubQueue, RestTarget Target, Guid LockToken)
{
    private const string MessagesName = "messages";
    private const string HeadName = "head";
    private const string DeadLettersName = "$deadletterqueue";

    /// <summary>Reads a path; null if it is none of the API's.</summary>
    public static RestPath? Parse(string path)
    {
        var segments = path.Trim('/').Split('/');
        if (Is(segments[^1], MessagesName))
            return Of(segments[..^1], RestTarget.Messages, Guid.Empty);
        if (segments is [.., var messages, var head] && Is(messages, MessagesName) && Is(head, HeadName))
            return Of(segments[..^2], RestTarget.Head, Guid.Empty);
        return segments is [.., var parent, _, var token] && Is(parent, MessagesName) && Guid.TryParse(token, out var lockToken)
            ? Of(segments[..^3], RestTarget.Locked, lockToken)
            : null;
    }

    private static RestPath? Of(string[] entity, RestTarget target, Guid token)
    {
        var ofDeadLetters = entity.Length > 1 && Is(entity[^1], DeadLettersName);
        var queue = string.Join('/', ofDeadLetters ? entity[..^1] : entity);
        return queue.Length == 0 ? null : new RestPath(queue, ofDeadLetters ? SubQueue.DeadLetter : SubQueue.None, target, token);
    }

    private static bool Is(string segment, string name) => string.Equals(segment, name, StringComparison.OrdinalIgnoreCase);
}
