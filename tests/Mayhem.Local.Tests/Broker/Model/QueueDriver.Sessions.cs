using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>Sessions, which may be held longer than a restart or a lock lets them.</summary>
internal sealed partial class QueueDriver
{
    private readonly List<(Guid Token, string Session, int Lock)> sessions = [];

    private (string Real, string Expected) Accept(int how)
    {
        if (!options.RequiresSession)
            return ("", "");
        SessionLock? locked = null;
        var accepted = how % 2 == 0 ? model.AcceptNext() : model.Accept(SessionIds[how / 2 % 3]);
        var answers = Answer(() =>
        {
            locked = how % 2 == 0 ? queue.AcceptNextSession(Now) : queue.AcceptSession(SessionIds[how / 2 % 3], Now);
            return locked?.SessionId ?? "";
        }, () => accepted?.Session ?? (how % 2 == 0 ? "" : nameof(BrokerFailure.SessionCannotBeLocked)));
        if (locked is not null && accepted is { } held)
            sessions.Add((locked.LockToken, held.Session, held.Lock));
        return answers;
    }

    private (string Real, string Expected) LetGo(int how)
    {
        if (sessions.Count == 0)
            return ("", "");
        var (token, session, held) = sessions[how % sessions.Count];
        return Do(() =>
        {
            queue.ReleaseSession(token, Now);
            if (model.HoldsSession(session, held))
                model.UnlockSession(session);
        });
    }
}
