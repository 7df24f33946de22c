"""What journey, witness care, the victim and the timers say."""
