using Mayhem.Local.Broker;
using Mayhem.Messages;
using Mayhem.Testing;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>Does the same to the real queue and to the model, and compares what they answer and what they hold.</summary>
internal sealed partial class QueueDriver
{
    private static readonly TimeSpan Retention = TimeSpan.FromSeconds(100);
    private static readonly string[] SessionIds = ["A", "B", "C"];

    private readonly ManualTimeProvider time = new();
    private readonly QueueOptions options;
    private readonly ModelQueue model;
    private readonly List<(Guid Token, ModelMessage Message, int Lock)> leases = [];
    private QueueState queue;

    public QueueDriver(int variant)
    {
        options = new QueueOptions
        {
            RequiresSession = variant % 2 == 1,
            DuplicateDetectionWindow = variant / 2 % 2 == 1 ? TimeSpan.FromSeconds(60) : null,
            DeadLetteringOnMessageExpiration = variant / 4 % 2 == 1,
            MaxDeliveryCount = 1 + variant / 8 % 3,
            DefaultTimeToLive = variant / 24 % 2 == 1 ? TimeSpan.FromSeconds(90) : null,
        };
        model = new ModelQueue(options, Retention);
        queue = Open();
    }

    private Moment Now => new(time.GetUtcNow(), TimeSpan.FromTicks(time.GetTimestamp()));

    public void Do(int what, int how)
    {
        model.Advance(Now);
        var (real, expected) = (what % 20) switch
        {
            0 or 1 or 2 or 3 => Send(Content(how, how % 3 == 0 ? how / 36 % 4 * 20 - 10 : null)),
            4 => Answer(() => Cancelled(how % 30), () => model.Cancel(how % 30)),
            5 or 6 or 7 => Receive(SubQueue.None, how),
            8 => Receive(SubQueue.DeadLetter, how),
            9 => Settle(how, token => queue.Complete(token, Now), model.Complete),
            10 => Settle(how, token => queue.Abandon(token, Change(how), Now), message => model.Abandon(message, how)),
            11 => SettleActive(how, token => queue.DeadLetter(token, $"reason {how % 2}", "text", Change(how), Now), message => DeadLetterModel(message, how)),
            12 => Settle(how, token => queue.Defer(token, Change(how), Now), message => model.Defer(message, how)),
            13 => Renew(how),
            14 => ReceiveDeferred(how % 40),
            15 => Do(() => time.Advance(TimeSpan.FromSeconds(how % 41))),
            16 => Do(() => time.JumpWallClock(TimeSpan.FromSeconds(how % 121 - 60))),
            17 => Do(() => Restart(compact: how % 2 == 0)),
            18 => Accept(how),
            _ => LetGo(how),
        };
        Assert.Equal(expected, real);
        Record();
        Capture(how);
        model.Advance(Now);
        Compare();
    }

    private (string Real, string Expected) Send(MessageContent content) => Answer(() => $"{queue.Send(content, Now)}", () => model.Send(content));

    private MessageContent Content(int how, int? delay) => new()
    {
        MessageId = $"m{how % 12}",
        CorrelationId = $"c{how % 7}",
        SessionId = SessionIds[how / 12 % 3],
        TimeToLive = (how / 12 % 4) switch { 0 => TimeSpan.FromSeconds(10), 1 => TimeSpan.FromSeconds(60), _ => null },
        ScheduledFor = delay is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null,
        Properties = how % 12 == 1 ? new Dictionary<string, object>(StringComparer.Ordinal) { [MessageProperties.RootId] = "m0" } : MessageContent.NoProperties,
    };

    private string Cancelled(long number)
    {
        queue.Cancel([number], Now);
        return "cancelled";
    }

    private (string Real, string Expected) Receive(SubQueue from, int how)
    {
        var dead = from == SubQueue.DeadLetter;
        var max = 1 + how % 3;
        var mode = how / 3 % 5 == 0 ? ReceiveMode.ReceiveAndDelete : ReceiveMode.PeekLock;
        if (dead || !options.RequiresSession)
            return Delivered(() => queue.Receive(from, max, mode, Now), () => [.. model.Available(dead).Take(max)], mode);
        if (sessions.Count == 0)
            return Accept(how);
        var (token, session, held) = sessions[how % sessions.Count];
        return Delivered(() => queue.ReceiveFromSession(token, max, mode, Now), () => model.HoldsSession(session, held)
            ? [.. model.Available(dead: false).Where(message => message.Content.SessionId == session).Take(max)]
            : null, mode);
    }

    private (string Real, string Expected) ReceiveDeferred(long number)
    {
        Guid? token = null;
        if (model.Deferred(number) is { } deferred && options.RequiresSession)
        {
            var held = sessions.FindLast(session => session.Session == deferred.Content.SessionId);
            if (held.Session is null || !model.HoldsSession(held.Session, held.Lock))
                return ("", "");
            token = held.Token;
        }
        return Delivered(() => queue.ReceiveDeferred(SubQueue.None, [number], token, ReceiveMode.PeekLock, Now),
            () => model.Deferred(number) is { } message ? [message] : null, ReceiveMode.PeekLock, BrokerFailure.MessageNotFound);
    }

    private (string Real, string Expected) Delivered(
        Func<IReadOnlyList<BrokeredMessage>> receive, Func<List<ModelMessage>?> expect, ReceiveMode mode, BrokerFailure otherwise = BrokerFailure.SessionLockLost)
    {
        IReadOnlyList<BrokeredMessage> received = [];
        List<ModelMessage>? expected = null;
        var answers = Answer(() =>
        {
            received = receive();
            return string.Join(" | ", received.Select(message =>
                $"{message.SequenceNumber} {message.Content.MessageId} {message.DeliveryCount} {Changed(message)}"));
        }, () =>
        {
            expected = expect();
            return expected is null
                ? otherwise.ToString()
                : string.Join(" | ", expected.Select(message => model.Deliver(message, mode == ReceiveMode.ReceiveAndDelete)));
        });
        if (mode == ReceiveMode.PeekLock && expected?.Count == received.Count)
            leases.AddRange(received.Zip(expected, (real, modelled) => (real.LockToken, modelled, modelled.Lock)));
        return answers;
    }

    private (string Real, string Expected) Settle(int how, Action<Guid> settle, Action<ModelMessage> settleModel)
    {
        if (leases.Count == 0)
            return ("", "");
        var (token, message, held) = leases[^(1 + how % Math.Min(leases.Count, 6))];
        return Answer(() =>
        {
            settle(token);
            return "settled";
        }, () =>
        {
            if (!ModelQueue.Holds(message, held))
                return LockTokens.Read(token).Session ? nameof(BrokerFailure.SessionLockLost) : nameof(BrokerFailure.MessageLockLost);
            settleModel(message);
            return "settled";
        });
    }

    private (string Real, string Expected) SettleActive(int how, Action<Guid> settle, Action<ModelMessage> settleModel)
    {
        var (real, expected) = Settle(how, settle, message =>
        {
            if (!message.Dead)
                settleModel(message);
        });
        return real == nameof(BrokerFailure.NotPermitted) && leases[^(1 + how % Math.Min(leases.Count, 6))].Message.Dead ? ("", "") : (real, expected);
    }

    private void DeadLetterModel(ModelMessage message, int how)
    {
        message.Changed = how;
        model.DeadLetter(message, $"reason {how % 2}");
    }

    private (string Real, string Expected) Renew(int how)
    {
        if (!options.RequiresSession)
            return Settle(how, token => queue.Renew(token, Now), model.Renew);
        if (sessions.Count == 0)
            return ("", "");
        var (token, session, held) = sessions[how % sessions.Count];
        return Answer(() =>
        {
            queue.RenewSession(token, Now);
            return "renewed";
        }, () =>
        {
            if (!model.HoldsSession(session, held))
                return nameof(BrokerFailure.SessionLockLost);
            model.RenewSession(session);
            return "renewed";
        });
    }

    private static (string Real, string Expected) Do(Action action)
    {
        action();
        return ("", "");
    }

    private static (string Real, string Expected) Answer(Func<string> real, Func<string> expected)
    {
        string answer;
        try
        {
            answer = real();
        }
        catch (BrokerException refused)
        {
            answer = refused.Failure.ToString();
        }
        return (answer, expected());
    }

    private static Dictionary<string, object> Change(int how) => new(StringComparer.Ordinal) { ["changed"] = how };

    private static int Changed(BrokeredMessage message) => message.Properties.TryGetValue("changed", out var changed) ? (int)changed : -1;

    private void Compare()
    {
        foreach (var from in new[] { SubQueue.None, SubQueue.DeadLetter })
        {
            Assert.Equal(model.Everything(dead: from == SubQueue.DeadLetter), queue.Peek(from, 0, int.MaxValue, sessionId: null, Now).Select(message =>
                $"{message.SequenceNumber} {message.Content.MessageId} {message.State} {message.DeliveryCount} {message.EnqueuedAt:T} {message.ExpiresAt:T} "
                + $"{Changed(message)} {message.DeadLetterReason}"));
        }
        Assert.Equal(model.Roots().Order(StringComparer.Ordinal), queue.Audit.Select(root =>
            $"{root.RootId} {root.CorrelationId} {root.AcceptedAt:T} live {root.Live} dead {string.Join(',', root.DeadLettered.Order(StringComparer.Ordinal))} "
            + $"completed {root.Completed} resolved {root.Resolved} expired {root.Expired} cancelled {root.Cancelled}").Order(StringComparer.Ordinal));
        var counts = queue.Counts;
        var places = queue.Peek(SubQueue.None, 0, int.MaxValue, sessionId: null, Now).CountBy(message => message.State).ToDictionary();
        Assert.Equal(
            (places.GetValueOrDefault(MessageState.Active), places.GetValueOrDefault(MessageState.Locked), places.GetValueOrDefault(MessageState.Scheduled),
                places.GetValueOrDefault(MessageState.Deferred)),
            ((int)counts.Active, (int)counts.Locked, (int)counts.Scheduled, (int)counts.Deferred));
    }
}
