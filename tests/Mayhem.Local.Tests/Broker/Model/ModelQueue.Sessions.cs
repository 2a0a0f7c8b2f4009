using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>The model's sessions: a table of who holds which.</summary>
internal sealed partial class ModelQueue
{
    private readonly Dictionary<string, (int Lock, TimeSpan Until)> sessions = new(StringComparer.Ordinal);

    public (string Session, int Lock)? AcceptNext()
    {
        var next = Available(dead: false).FirstOrDefault(message => !sessions.ContainsKey(message.Content.SessionId!));
        return next is null ? null : Accept(next.Content.SessionId!);
    }

    public (string Session, int Lock)? Accept(string session)
    {
        if (sessions.ContainsKey(session))
            return null;
        sessions[session] = (nextLock++, monotonic + options.LockDuration);
        return (session, sessions[session].Lock);
    }

    public bool HoldsSession(string session, int held) => sessions.TryGetValue(session, out var holder) && holder.Lock == held;

    public void RenewSession(string session) => sessions[session] = (sessions[session].Lock, monotonic + options.LockDuration);

    public void UnlockSession(string session)
    {
        sessions.Remove(session);
        foreach (var message in messages.Where(message => message.Is(MessageState.Locked, dead: false) && message.Content.SessionId == session).ToList())
            Unlock(message);
    }

    private bool InSession(ModelMessage message) => options.RequiresSession && !message.Dead;
}
