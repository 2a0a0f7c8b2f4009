namespace Mayhem.Local.Broker;

/// <summary>Taking out what outlives the process, for a new journal, without holding the queue up.</summary>
internal sealed partial class QueueState
{
    private QueueCapture? capture;
    private int captures;

    /// <summary>Begins to take out the queue as it is now. What happens from here on is not in it.</summary>
    public void BeginCapture()
    {
        capture = new QueueCapture(++captures, nextSequenceNumber);
        capture.Take(new QueueEvent.NumberedFrom(nextSequenceNumber));
        foreach (var session in sessions.Values)
        {
            if (session.State is not null)
                capture.Take(new QueueEvent.SessionStateSet(session.Id, session.State));
        }
        duplicates?.StartWalk();
        audit?.BeginCapture(capture);
    }

    /// <summary>Looks at so many more of what the queue holds. Commands may come between two calls.</summary>
    /// <returns>What was taken since the last call; null at the end.</returns>
    public IReadOnlyList<QueueEvent>? CaptureMore(int count)
    {
        if (capture is null)
            throw new InvalidOperationException("Nothing is being captured.");
        var left = count;
        capture.NextActive = CaptureFrom(active, capture.NextActive, ref left);
        capture.NextDeadLetter = CaptureFrom(deadLetters, capture.NextDeadLetter, ref left);
        for (; left > 0 && duplicates?.Step() is { } remembered; left--)
            capture.Take(remembered);
        for (; left > 0 && audit?.CaptureNext() == true;)
            left--;
        var part = capture.TakeOut();
        return part.Count == 0 && left > 0 ? null : part;
    }

    /// <summary>Ends a capture, complete or not.</summary>
    public void EndCapture()
    {
        capture = null;
        audit?.EndCapture();
    }

    private long CaptureFrom(SubQueueState from, long number, ref int left)
    {
        foreach (var message in from.Messages.From(number))
        {
            if (message.SequenceNumber >= capture!.Before)
                break;
            if (left == 0)
                return message.SequenceNumber;
            left--;
            capture.Take(message);
        }
        return capture!.Before;
    }
}
