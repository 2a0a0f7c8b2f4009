using Mayhem.Local.Broker;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>A queue without any cleverness: one list, searched from the front every time. It answers in text, as the driver of the real queue does.</summary>
internal sealed partial class ModelQueue(QueueOptions options, TimeSpan auditRetention)
{
    private readonly List<ModelMessage> messages = [];
    private readonly List<(string Id, long Number, DateTimeOffset At)> remembered = [];
    private DateTimeOffset wall;
    private TimeSpan monotonic;
    private long nextNumber = 1;
    private int nextLock = 1;
    private int nextEnd = 1;

    public string Send(MessageContent content)
    {
        if (options.DuplicateDetectionWindow is not null)
        {
            foreach (var (id, original, at) in remembered)
            {
                if (id == content.MessageId && wall - at < options.DuplicateDetectionWindow)
                    return $"{original}";
            }
            Happens();
            remembered.Add((content.MessageId, nextNumber, wall));
        }
        Happens();
        var message = new ModelMessage { Content = content, Number = nextNumber++, AcceptedAt = wall, EnqueuedAt = wall };
        messages.Add(message);
        if (content.ScheduledFor > wall)
            message.Place = MessageState.Scheduled;
        else
            Enqueue(message);
        return $"{message.Number}";
    }

    public string Cancel(long number)
    {
        if (messages.Find(message => message.Number == number && message.Is(MessageState.Scheduled, dead: false)) is not { } scheduled)
            return nameof(BrokerFailure.MessageNotFound);
        End(scheduled, "cancelled");
        return "cancelled";
    }

    public IEnumerable<ModelMessage> Available(bool dead) =>
        messages.Where(message => message.Is(MessageState.Active, dead)).OrderBy(message => message.Number);

    public ModelMessage? Deferred(long number) =>
        messages.Find(message => message.Number == number && message.Is(MessageState.Deferred, dead: false));

    public string Deliver(ModelMessage message, bool delete)
    {
        Happens();
        message.Deliveries++;
        var answer = $"{message.Number} {message.Content.MessageId} {message.Deliveries} {message.Changed}";
        if (delete)
        {
            End(message, message.Dead ? "resolved" : "completed");
            return answer;
        }
        message.Place = MessageState.Locked;
        message.Lock = nextLock++;
        message.LockedUntil = monotonic + options.LockDuration;
        return answer;
    }

    public static bool Holds(ModelMessage message, int held) => message.Is(MessageState.Locked, message.Dead) && message.Lock == held;

    public void Renew(ModelMessage message) => message.LockedUntil = monotonic + options.LockDuration;

    public void Complete(ModelMessage message) => End(message, message.Dead ? "resolved" : "completed");

    public void Abandon(ModelMessage message, int change)
    {
        Happens();
        message.Changed = change;
        Unlock(message);
    }

    public void Defer(ModelMessage message, int change)
    {
        Happens();
        message.Changed = change;
        message.Deferred = true;
        message.Place = MessageState.Deferred;
    }

    public void DeadLetter(ModelMessage message, string reason)
    {
        Happens();
        message.Dead = true;
        message.Deferred = false;
        message.Place = MessageState.Active;
        message.Reason = reason;
        message.ExpiresAt = null;
    }

    public void Advance(Moment now)
    {
        wall = now.WallClock;
        monotonic = now.Monotonic;
        foreach (var message in messages.Where(message => message.Gone is null && message.Place == MessageState.Locked && !InSession(message) && message.LockedUntil <= monotonic).ToList())
            Unlock(message);
        foreach (var session in sessions.Keys.Where(session => sessions[session].Until <= monotonic).ToList())
            UnlockSession(session);
        while (messages.Where(message => message.Is(MessageState.Scheduled, dead: false) && message.Content.ScheduledFor <= wall)
            .OrderBy(message => message.Content.ScheduledFor).ThenBy(message => message.Number).FirstOrDefault() is { } due)
        {
            Happens();
            due.Number = nextNumber++;
            due.EnqueuedAt = wall;
            Enqueue(due);
        }
        foreach (var message in messages.Where(message => message.Is(MessageState.Active, dead: false) && message.ExpiresAt <= wall).ToList())
        {
            if (options.DeadLetteringOnMessageExpiration)
                DeadLetter(message, "TTLExpiredException");
            else
                End(message, "expired");
        }
    }

    /// <summary>The process dies, and another one takes over.</summary>
    public void Restart()
    {
        sessions.Clear();
        foreach (var message in messages.Where(message => message.Gone is null && message.Place == MessageState.Locked))
            Unlock(message);
    }

    public IEnumerable<string> Everything(bool dead) => messages.Where(message => message.Gone is null && message.Dead == dead).OrderBy(message => message.Number).Select(message =>
        $"{message.Number} {message.Content.MessageId} {message.Place} {message.Deliveries} {message.EnqueuedAt:T} {message.ExpiresAt:T} {message.Changed} {message.Reason}");

    /// <summary>What is old enough is forgotten whenever something happens that outlives the process.</summary>
    private void Happens()
    {
        remembered.RemoveAll(id => wall - id.At >= options.DuplicateDetectionWindow);
        ForgetEnded();
    }

    private void Enqueue(ModelMessage message)
    {
        var lives = new[] { message.Content.TimeToLive, options.DefaultTimeToLive }.Min();
        message.Place = MessageState.Active;
        message.ExpiresAt = message.EnqueuedAt + lives;
    }

    private void Unlock(ModelMessage message)
    {
        message.Place = message.Deferred ? MessageState.Deferred : MessageState.Active;
        if (!message.Dead && message.Deliveries >= options.MaxDeliveryCount)
            DeadLetter(message, "MaxDeliveryCountExceeded");
    }

    private void End(ModelMessage message, string how)
    {
        Happens();
        message.Gone = how;
        message.LastEnd = (nextEnd++, wall);
    }
}
