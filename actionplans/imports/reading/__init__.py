"""From sheets of cells to a plan with its problems. Pure: no ORM, no Django."""
