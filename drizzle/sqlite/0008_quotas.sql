CREATE TABLE `drill_adoption` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`division_id` text NOT NULL,
	`path` text NOT NULL,
	`document_number` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`counts` text NOT NULL,
	`adopted_by` text NOT NULL,
	`adopted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `drill_adoption_pack` ON `drill_adoption` (`pack_id`);--> statement-breakpoint
CREATE INDEX `drill_adoption_path` ON `drill_adoption` (`path`);--> statement-breakpoint
CREATE TABLE `drill_division` (
	`drill_id` text NOT NULL,
	`division_id` text NOT NULL,
	PRIMARY KEY(`drill_id`, `division_id`)
);
--> statement-breakpoint
CREATE INDEX `drill_division_place` ON `drill_division` (`division_id`);--> statement-breakpoint
CREATE TABLE `drill_rule` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`title` text NOT NULL,
	`unit_class` text NOT NULL,
	`form` text NOT NULL,
	`content` text NOT NULL,
	`plan_kinds` text NOT NULL,
	`count` integer,
	`period` text NOT NULL,
	`source` text NOT NULL,
	`mark` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text
);
--> statement-breakpoint
CREATE INDEX `drill_rule_pack_rules` ON `drill_rule` (`pack_id`);--> statement-breakpoint
CREATE TABLE `drill_rule_pack` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`division_id` text NOT NULL,
	`document` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text,
	`source` text NOT NULL,
	`mark` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `half_year_report` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`path` text NOT NULL,
	`year` integer NOT NULL,
	`half` integer NOT NULL,
	`drills` integer NOT NULL,
	`people` integer NOT NULL,
	`summary` text NOT NULL,
	`upload_id` text,
	`submitted_by` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`checked_on` text,
	`check_result` text,
	`check_note` text NOT NULL,
	`checked_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `half_year_report_once` ON `half_year_report` (`organization_id`,`year`,`half`);--> statement-breakpoint
CREATE INDEX `half_year_report_path` ON `half_year_report` (`path`,`year`);--> statement-breakpoint
CREATE TABLE `paper_drill` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`path` text NOT NULL,
	`title` text NOT NULL,
	`held_on` text NOT NULL,
	`place` text NOT NULL,
	`form` text NOT NULL,
	`content` text NOT NULL,
	`plan_kind` text NOT NULL,
	`plan` text NOT NULL,
	`people` integer NOT NULL,
	`note` text NOT NULL,
	`sheet_id` text,
	`report_id` text,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`entered_by` text NOT NULL,
	`entered_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer
);
--> statement-breakpoint
CREATE INDEX `paper_drill_path` ON `paper_drill` (`path`,`state`);--> statement-breakpoint
CREATE TABLE `paper_drill_unit` (
	`paper_drill_id` text NOT NULL,
	`unit_id` text NOT NULL,
	PRIMARY KEY(`paper_drill_id`, `unit_id`)
);
--> statement-breakpoint
CREATE INDEX `paper_drill_unit_unit` ON `paper_drill_unit` (`unit_id`);--> statement-breakpoint
CREATE TABLE `planned_drill` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`path` text NOT NULL,
	`year` integer NOT NULL,
	`month` integer NOT NULL,
	`form` text NOT NULL,
	`content` text NOT NULL,
	`plan_kind` text NOT NULL,
	`plan` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `planned_drill_path` ON `planned_drill` (`path`,`year`);--> statement-breakpoint
CREATE INDEX `planned_drill_unit` ON `planned_drill` (`unit_id`,`year`);--> statement-breakpoint
CREATE TABLE `unit_trait` (
	`unit_id` text NOT NULL,
	`trait` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `trait`)
);
