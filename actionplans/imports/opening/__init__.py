"""From a stranger's file to sheets of cells, within bounds of time and memory. Pure: no ORM, no Django."""
